from log_report import entries, summary

LOG = """\
10:00 [INFO] web.app: started
10:01 [ERROR] db: lost connection
Traceback (most recent call last):
  no more
10:02 [WARNING] web.app: slow answer
10:03 [ERROR] db: lost connection
"""


def test_levels():
    assert len(entries("10:00 [DEBUG] a: x\n10:01 [ERROR] a: y", "INFO")) == 1


def test_parts():
    assert entries("10:00 [INFO] web.app: up: yes") == [
        {"time": "10:00", "level": "INFO", "source": "web.app", "text": "up: yes"}
    ]


def test_other_lines_are_passed_over():
    assert len(entries(LOG)) == 4


def test_summary():
    assert summary(LOG) == ["db: 2", "web.app: 1"]
