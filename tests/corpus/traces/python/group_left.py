try:
    raise ExceptionGroup("batch", [ValueError("row 1"), RuntimeError("row 2")])
except* ValueError:
    pass
