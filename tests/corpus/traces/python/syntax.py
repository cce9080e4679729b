def run(values)
    return values
