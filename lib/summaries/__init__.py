"""Sums of whole months: which of them hold, keeping them, and asking them before the rows."""
