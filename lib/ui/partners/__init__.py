"""The page of partner evaluation."""
