from log_report import count_by_source, entries, summary


def test_noise_first():
    assert len(entries("--- start ---\n\n1 [INFO] a: b\n??\n2 [ERROR] a: c")) == 2


def test_counts():
    assert count_by_source("x\n1 [WARNING] a: b\ny\n2 [WARNING] a: c") == {"a": 2}
    assert summary("nothing here") == []
