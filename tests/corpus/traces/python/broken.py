def run():
    values = [1, 2
    return values
