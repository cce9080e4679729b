import threading

from timers import Wheel


def main():
    wheel, seen = Wheel(), []
    wheel.at(4, lambda due: seen.append(f"once {due}"))
    wheel.at(1, lambda due: seen.append(f"tick {due}"), every=2)
    wheel.at(5, lambda due: 1 / 0)
    dropped = wheel.at(2, lambda due: seen.append("never"))
    dropped.cancel()
    threads = [threading.Thread(target=wheel.at, args=(20 + n, print), daemon=True) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(2)
    for now in range(9, -1, -3):
        print(now, wheel.run(now), " ".join(seen))
        seen.clear()
    print("errors:", "; ".join(wheel.errors))
    print("pending:", wheel.pending())


main()
