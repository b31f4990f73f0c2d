"""Monthly forecasts: what each node expects of the next month, who owes it, and when it is closed (C5)."""
