PAIRS = {")": "(", "]": "[", "}": "{"}
QUOTES = "'\""


class Problem(Exception):
    def __init__(self, text, line, column):
        super().__init__(f"{line}:{column}: {text}")
        self.line, self.column = line, column


def signs(source):
    # positions count from one; whatever stands in quotes is skipped
    line, column, quote = 1, 0, None
    for sign in source:
        column += 1
        if sign == "\n":
            line, column, quote = line + 1, 0, None
        elif quote:
            if sign == quote: quote = None
        elif sign in QUOTES:
            quote = sign
        else:
            yield sign, (line, column)


def check(source):
    stack = []
    for sign, place in signs(source):
        if sign in PAIRS.values():
            stack.append((sign, place))
        elif sign in PAIRS:
            if not stack:
                raise Problem(f"nothing opened for {sign!r}", *place)
            opened, at = stack[0]
            if opened != PAIRS[sign]:
                raise Problem(f"{sign!r} does not close {opened!r} of line {at[0]}", *place)
            stack.pop()
    if stack:
        opened, at = stack.pop()
        raise Problem(f"{opened!r} is never closed", *at)


def first_problem(source):
    try:
        check(source)
    except Problem as problem:
        return str(problem)
    return None
