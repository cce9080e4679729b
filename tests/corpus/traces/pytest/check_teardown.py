import pytest


@pytest.fixture
def connection():
    yield object()
    raise ConnectionError("already closed")


def test_used(connection):
    assert connection
