def first():
    raise OSError("disk")


def second():
    try:
        first()
    except OSError as error:
        raise RuntimeError("store") from error


def third():
    try:
        second()
    except RuntimeError:
        return missing


third()
