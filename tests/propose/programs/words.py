"""Faults: a new key that is counted, an f that is missing, a list that is sorted and thrown away."""


def count(text):
    found = {}
    for word in text.lower().split():
        found[word] += 1
    return found


def top(found, size):
    pairs = [(number, word) for word, number in found.items()]
    pairs = pairs.sort(reverse=True)
    return pairs[:size]


def main():
    for number, word in top(count("The cat and the dog and the bird"), 2):
        print("{word}: {number}")


main()
