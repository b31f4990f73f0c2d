"""The showroom wall: what a screen shows of its channel and the business day. Aggregates, people and models alone."""
