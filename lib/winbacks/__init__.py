"""Winning lost customers back: who is worth another try, taking them up again, and how often it works (J5, W2)."""
