"""The loss analysis on a screen, part by part."""
