"""Winning back: who is worth another try, giving them to people, and how often it worked."""
