def wrap(text, width):
    lines = []
    current = ""
    for word in text.split():
        if not current:
            current = word
        elif len(current) + len(word) <= width:
            current += " " + word
        else:
            lines.append(current)
            current = word
    return lines


def boxed(text, width):
    body = [line.ljust(width) for line in wrap(text, width)]
    border = "+" + "-" * width + "+"
    return [border, *(f"|{line}|" for line in body), border]
