from jobs import Job, Scheduler


def test_first_come_first_served():
    scheduler = Scheduler()
    for number in range(20):
        scheduler.at(7, f"job {number}", value=20 - number)
    ready = scheduler.due(7)
    assert [job.data["value"] for job in ready] == list(range(20, 0, -1))
    assert [job.number for job in ready] == list(range(1, 21))


def test_data_has_no_part_in_the_order():
    assert not Job(1, 1, "b", {"x": 1}, 1) < Job(1, 1, "a", {"y": 2}, 1)
    assert Job(1, 1, "b", {"x": 1}, 1) < Job(1, 1, "a", {}, 2)
    assert Job(1, 1, "a", {"x": 1}, 1) == Job(1, 1, "a", {"x": 2}, 1)


def test_data_is_kept_and_not_shared():
    scheduler = Scheduler()
    one, other = scheduler.at(1, "a", x=[1]), scheduler.at(1, "b")
    assert one.data == {"x": [1]}
    assert other.data == {} and Job(1, 1, "x").data is not Job(1, 1, "x").data
    scheduler.at(1, "c", x={})
    assert scheduler.cancel(other)
    assert [job.name for job in scheduler.due(5)] == ["a", "c"]
