"""The page of market feedback."""
