from collections import Counter


def words(text):
    cleaned = "".join(sign.lower() if sign.isalnum() or sign == "'" else " " for sign in text)
    return [word.strip("'") for word in cleaned.split()]


def most_common(text, count, stop_words=frozenset()):
    """The `count` most frequent words with their numbers, the most frequent first, ties in order of the alphabet.

    Stop words are left out and do not use up places.
    """
    counted = Counter(words(text))
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return [pair for pair in ordered[:count] if pair[0] not in stop_words]


def bars(pairs, width=10):
    """A line for each word, its bar scaled so that the longest has `width` signs; every bar has one at least."""
    most = max((count for _, count in pairs), default=1)
    return [f"{word} {'#' * max(1, round(count / most * width))}" for word, count in pairs]
