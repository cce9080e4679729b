def found(names, wanted):
    try:
        return names[wanted]
    except KeyError:
        raise LookupError(f"nobody is called {wanted}") from None


found({}, "ann")
