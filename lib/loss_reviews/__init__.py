"""The managers' review of losses: accepted, or returned with a question until it is answered (R7)."""
