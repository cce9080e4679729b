"""Prints the mean response time of each server."""

SAMPLES = {"alpha": [120, 80, 100], "beta": [], "gamma": [40, 60]}


def mean(values):
    return sum(values) / len(values)


for server, samples in SAMPLES.items():
    print(f"{server}: {mean(samples):.1f} ms")
