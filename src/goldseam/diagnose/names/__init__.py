"""What names mean in sources: spelling, scopes, members, calls. Pure functions of text; nothing is run."""
