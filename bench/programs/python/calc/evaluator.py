"""A calculator by recursive descent."""

import math

from tokens import tokenize

FUNCTIONS = {"sqrt": math.sqrt, "floor": math.floor, "abs": abs}


class Evaluator:
    def __init__(self, variables=None):
        self.variables = variables or {}
        self.tokens = []
        self.index = 0
        self.calls = 0

    def evaluate(self, text):
        self.tokens = tokenize(text)
        self.index = 0
        value = self.expression()
        if self.current().kind != "end":
            raise SyntaxError(f"unexpected {self.current()!r}")
        return value

    def current(self):
        return self.tokens[self.index]

    def advance(self):
        token = self.current()
        self.index += 1
        return token

    def accept(self, text):
        if self.current().text == text:
            self.advance()
            return True
        return False

    def expression(self):
        value = self.term()
        while self.current().text in ("+", "-"):
            operator = self.advance().text
            other = self.term()
            value = value + other if operator == "+" else value - other
        return value

    def term(self):
        value = self.factor()
        while self.current().text in ("*", "/"):
            operator = self.advance().text
            other = self.factor()
            value = value * other if operator == "*" else value / other
        return value

    def factor(self):
        if self.accept("-"):
            return -self.factor()
        if self.accept("("):
            value = self.expression()
            self.expect(")")
            return value
        token = self.advance()
        if token.kind == "number":
            return float(token.text)
        if self.current().text == "(":
            return self.call(token.text)
        return self.variables[token.text]

    def call(self, name):
        self.calls += 1
        self.expect("(")
        arguments = [self.expression()]
        while self.accept(","):
            arguments.append(self.expression())
        self.expect(")")
        return FUNCTIONS[name](*arguments)

    def expect(self, text):
        if not self.accept(text):
            raise SyntaxError(f"expected {text} at {self.current().place}")
