"""A calculator: splits an expression into tokens and works it out by the usual precedence."""

import re
import sys

TOKEN = re.compile(r"\s*(?:(\d+\.?\d*)|(.))")


def tokens(text):
    found = []
    for number, sign in TOKEN.findall(text):
        found.append(float(number) if number else sign)
    return found


class Parser:
    """Expression: terms joined by + and -; term: factors joined by * and /; factor: number, -factor, (…)."""

    def __init__(self, found):
        self.tokens = found
        self.at = 0

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self):
        token = self.peek()
        self.at += 1
        return token

    def expression(self):
        value = self.term()
        while self.peek() in ("+", "-"):
            if self.take() == "+":
                value += self.term()
            else:
                value -= self.term()
        return value

    def term(self):
        value = self.factor()
        while self.peek() in ("*", "/"):
            if self.take() == "*":
                value *= self.factor()
            else:
                value //= self.factor()
        return value

    def factor(self):
        token = self.take()
        if token == "(":
            value = self.expression()
            if self.take() != ")":
                raise SyntaxError("a bracket is not closed")
        if token == "-":
            return -self.factor()
        if not isinstance(token, float):
            raise SyntaxError(f"unexpected {token}")
        return token


def calculate(text):
    """The value of an expression; raises `SyntaxError` where it is none."""
    parser = Parser(tokens(text))
    value = parser.expression()
    if parser.peek() is not None:
        raise SyntaxError(f"unexpected {parser.peek()}")
    return value


def main():
    for line in ("1 + 2 * 3", "7 / 2", "(1 + 2) * 3", "-(4 - 6) * 2.5", "2 * (3"):
        try:
            print(f"{line} = {calculate(line):g}")
        except SyntaxError as error:
            print(f"{line}: {error}")


if __name__ == "__main__":
    main()
