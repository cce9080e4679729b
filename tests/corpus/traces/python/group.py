def low():
    raise ValueError("too low")


def late():
    return {}["due"]


errors = []
for check in (low, late):
    try:
        check()
    except Exception as error:
        errors.append(error)
raise ExceptionGroup("two checks failed", errors)
