"""The details of an audit entry in words."""
