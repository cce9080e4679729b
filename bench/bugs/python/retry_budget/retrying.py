import time


class GaveUp(Exception):
    pass


def call_with_retry(action, attempts=3, delay=0.1, factor=2, sleep=time.sleep, retry_on=(OSError,)):
    wait = delay
    for number in range(1, attempts + 1):
        try:
            return action()
        except retry_on as error:
            if number > attempts:
                raise GaveUp(f"no success in {attempts} attempts") from error
            sleep(wait)
            wait *= factor
