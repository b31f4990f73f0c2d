"""The showroom wall in the browser: the component that draws the frames, and the files that it is made of."""
