"""Signing in and staying signed in: attempts, passwords, sessions and their cookies."""
