import atexit


def farewell():
    raise OSError("the log is closed")


atexit.register(farewell)
print("done")
