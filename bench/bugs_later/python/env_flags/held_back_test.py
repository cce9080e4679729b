import pytest

from settings import load


@pytest.mark.parametrize("on", ["1", "true", "TRUE", "yes", "Yes", "on", " on ", "true\n"])
def test_on(on):
    assert load({"APP_DEBUG": on}).debug is True


@pytest.mark.parametrize("off", ["0", "false", "False", "no", "NO", "off", "", " 0 "])
def test_off(off):
    assert load({"APP_CACHE": off}).cache is False


def test_others_as_before():
    settings = load({"APP_TITLE": "false", "APP_TIMEOUT": "0", "APP_HOSTS": ""})
    assert (settings.title, settings.timeout, settings.hosts) == ("false", 0.0, [])
