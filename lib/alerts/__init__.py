"""What may be wrong in the network: derived from the data, never stored; how one was settled is (C4, C6)."""
