from pathlib import Path


def load(name):
    return Path(name).read_text()


load("settings.ini")
