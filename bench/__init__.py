"""Measuring the desk at size: `python -m bench` prints one table, ratios taken within one run."""
