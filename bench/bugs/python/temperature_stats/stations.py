def coldest(readings):
    """The station with the lowest mean temperature, and that mean rounded to one place.

    `readings` are pairs of station and degrees; `None` for degrees is a failed reading and counts for nothing.
    Of stations with the same mean the first by name is taken; without any reading it is `None`.
    """
    sums = {}
    for station, degrees in readings:
        if not degrees:
            continue
        total, count = sums.get(station, (0.0, 0))
        sums[station] = (total + degrees, count + 1)
    best = None
    lowest = 0.0
    for station in sorted(sums):
        total, count = sums[station]
        mean = total / count
        if best is None or mean < lowest:
            best, lowest = station, mean
    return best and (best, round(lowest, 1))
