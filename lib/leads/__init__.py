"""Leads: potential buyers from first contact to delivery or loss."""
