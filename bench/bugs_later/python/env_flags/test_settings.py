import pytest

from settings import SettingError, Settings, load


def test_defaults():
    assert load({"HOME": "/"}) == Settings()


def test_values():
    assert load({"APP_PORT": "1", "APP_HOSTS": "a, b,"}) == Settings(port=1, hosts=["a", "b"])


def test_on():
    assert load({"APP_DEBUG": "1"}).debug is True
    assert load({"APP_DEBUG": "True"}).debug is True


def test_off():
    settings = load({"APP_CACHE": "false", "APP_DEBUG": "0"})
    assert (settings.cache, settings.debug) == (False, False)


def test_also_yes_and_on():
    assert load({"APP_DEBUG": "yes"}).debug and load({"APP_DEBUG": "ON"}).debug
    assert not load({"APP_CACHE": "no"}).cache and not load({"APP_CACHE": "off"}).cache


def test_errors():
    with pytest.raises(SettingError, match="APP_PORT"):
        load({"APP_PORT": "high"})
    with pytest.raises(SettingError, match="unknown: APP_DBUG"):
        load({"APP_DBUG": "1"})
