"""Tokens of arithmetic."""

import re

PATTERN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|(\w+)|(.))")


class Token:
    def __init__(self, kind, text, place):
        self.kind = kind
        self.text = text
        self.place = place

    def __repr__(self):
        return f"{self.kind}({self.text})"


def tokenize(text):
    tokens = []
    for match in PATTERN.finditer(text):
        number, word, symbol = match.groups()
        if number:
            tokens.append(Token("number", number, match.start()))
        elif word:
            tokens.append(Token("word", word, match.start()))
        elif symbol.strip():
            tokens.append(Token("symbol", symbol, match.start()))
    tokens.append(Token("end", "", len(text)))
    return tokens
