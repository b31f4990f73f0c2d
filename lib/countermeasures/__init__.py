"""What we do about a loss reason: by whom, where, until when, and whether it worked (R7, T7)."""
