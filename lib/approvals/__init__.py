"""What a specialist may not promise alone: rules of authority, requests, and their answers (N5)."""
