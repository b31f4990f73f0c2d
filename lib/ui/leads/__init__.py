"""Screens of leads: the reception card, the list, the case beside it."""
