from versions import newest, satisfies


def test_numbers_are_numbers():
    assert newest(["1.9.2", "1.10.0", "1.2.9"]) == "1.10.0"


def test_suffix_comes_before():
    assert satisfies("2.0-rc1", "<2.0")


def test_missing_parts():
    assert satisfies("1.2", "==1.2.0")
    assert satisfies("1.2.1", ">1.2")


def test_stable():
    assert newest(["1.0.0", "2.0.0-beta"]) == "1.0.0"
    assert newest([]) is None
