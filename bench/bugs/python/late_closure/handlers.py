def make_validators(limits):
    """A function for each field, by name: whether a value lies within the field's limits, ends included."""
    validators = {}
    for name, (low, high) in limits.items():
        validators[name] = lambda value: low <= value <= high
    return validators


def check(record, validators):
    """The names of the fields that are out of their limits, sorted; unknown fields are fine."""
    return sorted(name for name, value in record.items() if name in validators and not validators[name](value))
