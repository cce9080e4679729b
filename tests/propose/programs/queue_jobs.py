"""Faults: a loop without a step, a dict that changes while it is read, a call with too few arguments."""


def run(job, retries):
    return f"{job} after {retries}"


def drain(jobs, retries):
    done = []
    for name, left in jobs.items():
        if left == 0:
            del jobs[name]
        else:
            done.append(run(name))
    return done


def wait(limit):
    ticks = 0
    while ticks < limit:
        print("tick", ticks)
    return ticks


def main():
    print(drain({"a": 1, "b": 0, "c": 2}, 3))
    print(wait(2))


main()
