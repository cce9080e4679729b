import asyncio

import pytest

from weather import SourceDown, Weather

DEGREES = {"rome": 25, "oslo": 8, "bern": 25}


class Source:
    def __init__(self):
        self.calls = []
        self.down = False

    async def __call__(self, city):
        self.calls.append(city)
        await asyncio.sleep(0)
        if self.down or city not in DEGREES:
            raise SourceDown(city)
        return DEGREES[city]


def test_degrees():
    assert asyncio.run(Weather(Source()).degrees("Rome ")) == 25


def test_asked_once():
    async def main():
        source = Source()
        weather = Weather(source)
        assert [await weather.degrees("oslo"), await weather.degrees("Oslo ")] == [8, 8]
        return source.calls

    assert asyncio.run(main()) == ["oslo"]


def test_unknown():
    assert asyncio.run(Weather(Source()).degrees("Atlantis")) is None


@pytest.mark.parametrize(("cities", "found"), [(["Oslo", "Rome"], "Rome"), (["Bern", "Rome"], "Bern"), ([], None)])
def test_warmest(cities, found):
    assert asyncio.run(Weather(Source()).warmest(cities)) == found
