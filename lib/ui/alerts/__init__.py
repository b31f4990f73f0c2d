"""Alerts of the network: the list with its rows, settling them, and their counts on other pages."""
