"""Screens of SMS: the outbox, the texts, sending from a case; the address where gateways tell opt-outs."""
