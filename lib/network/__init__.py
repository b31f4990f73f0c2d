"""Keeping the network: adding, changing, moving, closing its nodes, and the work around it (C1, C2, C7)."""
