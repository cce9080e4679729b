"""Syntax faults: files that do not parse come in, all their root faults with minimal fixes go out."""
