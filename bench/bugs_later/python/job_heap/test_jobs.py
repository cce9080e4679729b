from jobs import Scheduler


def names(jobs):
    return [job.name for job in jobs]


def test_order_of_time():
    scheduler = Scheduler()
    scheduler.at(3, "c")
    scheduler.at(1, "a")
    scheduler.at(2, "b")
    assert names(scheduler.due(2)) == ["a", "b"]
    assert len(scheduler) == 1


def test_priority():
    scheduler = Scheduler()
    scheduler.at(1, "later")
    scheduler.at(1, "soon", priority=1)
    assert names(scheduler.due(1)) == ["soon", "later"]


def test_mails_at_the_same_time():
    scheduler = Scheduler()
    scheduler.at(1, "mail", to="ann")
    scheduler.at(1, "mail", to="bob")
    assert [job.data["to"] for job in scheduler.due(1)] == ["ann", "bob"]


def test_cancel():
    scheduler = Scheduler()
    job = scheduler.at(1, "a")
    assert scheduler.cancel(job)
    assert not scheduler.cancel(job)
