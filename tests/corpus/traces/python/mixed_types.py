def label(name, count):
    return name + ": " + count


label("apples", 3)
