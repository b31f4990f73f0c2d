"""Tests of what goes beyond the rules of authority."""
