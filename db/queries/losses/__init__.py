"""The sentences of the loss analysis."""
