from datetime import UTC, datetime


def is_due(moment):
    return moment < datetime.now(UTC)


is_due(datetime(2030, 1, 1))
