def standings(results):
    """Teams by points, then by goal difference, both falling, then by name rising.

    `results` maps a team to a pair: points and goal difference.
    """
    return sorted(results, key=lambda team: (results[team][0], results[team][1], team), reverse=True)


def places(results):
    """Each team's place; teams with equal points and difference share one, and the next place is left out."""
    found = {}
    ordered = standings(results)
    for at, team in enumerate(ordered, start=1):
        before = ordered[at - 2] if at > 1 else None
        tied = before is not None and results[before] == results[team]
        found[team] = found[before] if tied else at
    return found
