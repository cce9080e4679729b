import bus
from bus import Bus, shared
from shop import Orders, Shop


def test_all_parts_share_one_bus():
    bus.forget()
    shops = [Shop({"a": 3}), Shop({"a": 2, "b": 2})]
    orders, refused = Orders(shared()), []
    shared().on("refused", lambda **data: refused.append(data))
    assert shops[0].bus is shops[1].bus is shared()
    shops[0].sell("a")
    shops[1].sell("b", 2)
    shops[1].sell("c", 7)
    assert orders.ordered == [("a", 5), ("b", 10)]
    assert refused == [{"article": "c", "wanted": 7}]
    assert shared().sent == 5


def test_many_once():
    one, seen = Bus(), []
    for n in range(5):
        one.once("x", lambda n=n: seen.append(n))
    assert one.send("x") == 5
    assert one.send("x") == 0
    assert seen == [0, 1, 2, 3, 4]


def test_errors_in_order():
    one = Bus()
    one.once("x", lambda **data: data["missing"])
    one.on("x", lambda **data: int("x"))
    one.send("x", a=1)
    one.send("x")
    assert [type(error) for _, error in one.errors] == [KeyError, ValueError, ValueError]
    assert one.sent == 2


def test_added_while_sending():
    one, seen = Bus(), []
    one.on("x", lambda: one.on("x", lambda: seen.append(1)))
    assert one.send("x") == 1
    assert seen == []
