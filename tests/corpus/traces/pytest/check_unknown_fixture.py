def test_lost(no_such_fixture):
    assert no_such_fixture
