from passwords import is_strong, problems


def test_good_password():
    assert is_strong("Tr0mbone-case", "anna")


def test_short():
    assert problems("Ab1", "anna") == ["too short"]


def test_both_cases():
    assert problems("trombone7", "anna") == ["needs small and capital letters"]
    assert problems("TROMBONE7", "anna") == ["needs small and capital letters"]


def test_name():
    assert problems("Anna-4711x", "anna") == ["contains the user's name"]


def test_no_user_given():
    assert is_strong("Tr0mbone-case")
