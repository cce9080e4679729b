from handlers import check, make_validators


def test_one_field():
    assert check({"age": 200}, make_validators({"age": (0, 130)})) == ["age"]


def test_each_field_has_its_own_limits():
    validators = make_validators({"age": (0, 130), "height": (40, 250)})
    assert validators["age"](20)
    assert not validators["height"](20)


def test_unknown_fields_are_fine():
    assert check({"shoe": 99}, make_validators({"age": (0, 130)})) == []
