"""Alembic's environment, run from the installed package without an `alembic.ini`.

A new migration is a new file under `versions`, written by hand after the newest one there;
`tables.REVISION` names it. Every change works on SQLite and PostgreSQL (`op.batch_alter_table`).
"""
