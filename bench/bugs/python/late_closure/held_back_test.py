from handlers import check, make_validators

LIMITS = {"age": (0, 130), "score": (-5, 5), "height": (40, 250), "steps": (0, 100_000)}


def test_all_limits():
    validators = make_validators(LIMITS)
    for name, (low, high) in LIMITS.items():
        assert validators[name](low)
        assert validators[name](high)
        assert not validators[name](low - 1)
        assert not validators[name](high + 1)


def test_record():
    record = {"age": -1, "score": 4, "height": 10, "steps": 5}
    assert check(record, make_validators(LIMITS)) == ["age", "height"]
