import threading

from timers import Wheel


def in_time(action):
    thread = threading.Thread(target=action, daemon=True)
    thread.start()
    thread.join(5)
    assert not thread.is_alive()


def test_repeats():
    def go():
        wheel, seen = Wheel(), []
        timer = wheel.at(0, seen.append, every=5)
        assert wheel.run(11) == 3
        timer.cancel()
        assert wheel.run(100) == 0
        assert (seen, timer.runs, wheel.pending()) == ([0, 5, 10], 3, 0)
        done.append(1)

    done = []
    in_time(go)
    assert done


def test_order_and_errors():
    def go():
        wheel, seen = Wheel(), []
        for due in (3, 1, 2, 1):
            wheel.at(due, seen.append)
        wheel.at(2, lambda due: {}["x"], every=1)
        assert wheel.run(3) == 6
        assert seen == [1, 1, 2, 3]
        assert wheel.errors == ["5: 'x'", "5: 'x'"]
        assert wheel.pending() == 1
        done.append(1)

    done = []
    in_time(go)
    assert done


def test_set_inside_an_action():
    def go():
        wheel, seen = Wheel(), []
        wheel.at(1, lambda due: wheel.at(due + 1, seen.append))
        assert wheel.run(1) == 1
        assert wheel.run(2) == 1
        done.append(seen == [2])

    done = []
    in_time(go)
    assert done == [True]
