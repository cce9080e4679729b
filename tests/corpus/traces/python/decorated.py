import functools


def logged(function):
    @functools.wraps(function)
    def wrapper(*given):
        return function(*given)

    return wrapper


@logged
def mean(values):
    return sum(values) / len(values)


mean([])
