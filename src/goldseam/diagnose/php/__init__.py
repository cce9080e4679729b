"""PHP sources of a snapshot: what they define, and what in them cannot be right."""
