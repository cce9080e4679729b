def raised(error):
    try:
        raise error
    except Exception as caught:
        return caught


inner = raised(ExceptionGroup("inner", [raised(IndexError("slot 9"))]))
raise ExceptionGroup("outer", [inner, raised(TypeError("no slot"))])
