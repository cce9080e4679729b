"""Durable memory: the record of repairs (SQLAlchemy) and the landing journal (SQLite beside the files)."""
