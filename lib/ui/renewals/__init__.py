"""Screens of renewals: the queue, the case beside it, the team."""
