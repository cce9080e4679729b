"""What the errors of a language mean, a file a language."""
