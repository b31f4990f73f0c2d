"""Countermeasures: the list, one with its effect and its notes, the forms, and the lines that say what is late."""
