"""A made-up dealership to look around in: drawn by the day, loaded as real data is, kept moving on request."""
