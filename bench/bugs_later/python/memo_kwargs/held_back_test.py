from memo import memoized, tax_rate


def record(calls):
    @memoized()
    def call(*args, **kwargs):
        calls.append((args, kwargs))
        return len(calls)

    return call


def test_named_arguments_count():
    calls = []
    call = record(calls)
    assert [call(x=1), call(x=2), call(y=1), call(), call(x=1, y=1)] == [1, 2, 3, 4, 5]
    assert [call(x=1), call(x=2), call(y=1), call()] == [1, 2, 3, 4]
    assert call.hits == 4


def test_order_of_names_does_not_count():
    calls = []
    call = record(calls)
    assert call(1, a=1, b=2) == call(1, b=2, a=1) == 1
    assert call(1, a=2, b=1) == 2
    assert len(calls) == 2


def test_name_is_not_position():
    calls = []
    call = record(calls)
    assert call(1, 2) == 1
    assert call(1, x=2) == 2
    assert call("x", 2) == 3
    assert call(("x", 2)) == 4
    assert call.__name__ == "call"


def test_forget_and_errors_are_not_kept():
    assert [tax_rate("de", kind="reduced"), tax_rate("de"), tax_rate("dk", kind="reduced")] == [7, 19, 25]
    calls = []
    call = record(calls)
    call(z=1)
    call.forget()
    assert call(z=1) == 2
