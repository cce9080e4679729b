class BadOrder(Exception):
    pass


def parsed(text):
    return int(text)


def order(text):
    try:
        return parsed(text)
    except ValueError as error:
        raise BadOrder(f"no number: {text}") from error


order("seven")
