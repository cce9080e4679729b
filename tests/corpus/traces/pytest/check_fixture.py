import pytest


@pytest.fixture
def store():
    return [].pop()


def test_store(store):
    assert store
