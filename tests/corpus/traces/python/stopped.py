import signal
import sys


def limit(number, frame):
    raise TimeoutError("took too long")


def spin():
    while True:
        sum(range(100))


signal.signal(signal.SIGALRM, limit)
signal.setitimer(signal.ITIMER_REAL, 0.05)
spin()
