"""The migrations, oldest first by name; each makes the next schema from the one before."""
