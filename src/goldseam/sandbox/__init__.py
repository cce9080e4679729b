"""Owns every process. In: a `Job` or a worker program. Out: a `Run` or a `Worker`.

Nothing that a model wrote, and no command of the project, runs outside a box.
"""
