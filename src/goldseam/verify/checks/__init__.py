"""One file a check: what it runs, what it compares, what it says."""
