"""The page on which the network is kept."""
