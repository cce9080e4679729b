"""One file a language: how its files are known, decoded and parsed, and how its failures read."""
