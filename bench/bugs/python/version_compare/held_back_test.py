from versions import key, newest, satisfies


def test_order():
    ordered = ["0.9", "1.0-alpha", "1.0-beta", "1.0", "1.0.1", "v1.2", "1.11", "2", "10.0"]
    assert sorted(ordered, key=key) == ordered


def test_wishes():
    assert satisfies("10.1", ">= 9")
    assert satisfies("v3", "==3.0.0")
    assert not satisfies("1.10", "<1.9")
    assert newest(["9.0", "10.0-rc"], stable=False) == "10.0-rc"
