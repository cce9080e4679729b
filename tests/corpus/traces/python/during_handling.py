SETTINGS = {"mode": "fast"}


def port():
    try:
        return SETTINGS["port"]
    except KeyError:
        return int(SETTINGS["mode"])


port()
