import functools
import time


def memoized(seconds=None, clock=time.monotonic):
    """Decorator: what a function returned is kept, for some seconds or for ever."""

    def decorate(function):
        kept = {}

        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            key = args
            if key in kept:
                value, since = kept[key]
                if seconds is None or clock() - since < seconds:
                    wrapper.hits += 1
                    return value
            value = function(*args, **kwargs)
            kept[key] = value, clock()
            return value

        wrapper.hits = 0
        wrapper.forget = kept.clear
        return wrapper

    return decorate


# what the shop asks its tax office; slow in real life
RATES = {"de": {"full": 19, "reduced": 7}, "fr": {"full": 20, "reduced": 5.5}, "dk": {"full": 25}}


@memoized()
def tax_rate(country, kind="full"):
    rates = RATES[country]
    return rates.get(kind, rates["full"])


def gross(net, country, **options):
    return round(net * (1 + tax_rate(country, **options) / 100), 2)
