"""The managers' board on a screen, part by part."""
