"""The renewal follow-up sheet on the screen, on paper and as a file."""
