from statistics import median


def smooth(values, width=3):
    """The moving median: each value replaced by the median of the window that it is the middle of.

    `width` is odd. Near the ends the window is cut off at the ends of the values.
    """
    if width % 2 == 0:
        raise ValueError("width must be odd")
    half = width // 2
    return [median(values[at - half : at + half + 1]) for at in range(len(values))]


def spikes(values, limit, width=3):
    """The places where a value is further than `limit` from its smoothed value."""
    return [at for at, (value, calm) in enumerate(zip(values, smooth(values, width))) if abs(value - calm) > limit]
