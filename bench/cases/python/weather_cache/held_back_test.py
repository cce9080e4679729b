import asyncio
from datetime import datetime, timedelta, timezone

from weather import SourceDown, Weather


def test_a_day():
    clock = [datetime(2024, 5, 1, tzinfo=timezone.utc)]
    answers = {"rome": [20, 21, SourceDown()]}
    calls = []

    async def source(city):
        calls.append(city)
        answer = answers[city].pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def main():
        weather = Weather(source, timedelta(minutes=10), lambda: clock[0])
        seen = []
        for minutes in (0, 5, 5, 5, 30):
            clock[0] += timedelta(minutes=minutes)
            seen.append(await weather.degrees(" ROME"))
        return seen

    assert asyncio.run(main()) == [20, 20, 21, 21, 21]
    assert len(calls) == 3


def test_first_of_equals():
    async def source(city):
        return 0

    assert asyncio.run(Weather(source).warmest(["b", "c", "a"])) == "b"
