"""What goes beyond a specialist's authority, on screens: the manager's list, and on the case."""
