from listing import human, listing, walk

HOME = {
    "notes.txt": 700,
    "src": {"main.py": 1500, ".cache": {"x": 10}, "lib": {"a.py": 10, "b.py": 20}},
    ".config": {"editor": 40},
}


def test_all():
    assert listing(HOME) == ["notes.txt 700B", "src/ 1K", "src/lib/ 30B", "src/lib/a.py 10B", "src/lib/b.py 20B", "src/main.py 1K"]


def test_hidden():
    assert [path for path, _ in walk(HOME, hidden=True)][:2] == [".config/", ".config/editor"]


def test_no_hidden_names():
    assert listing({"b": 1, "a": {"c": 2}}) == ["a/ 2B", "a/c 2B", "b 1B"]


def test_depth():
    assert listing({"b": 1, "a": {"c": {"d": 2}}}, depth=1) == ["a/ 2B", "a/c/ 2B", "b 1B"]


def test_human():
    assert [human(n) for n in (0, 1023, 1024, 2047, 5 * 1024**2)] == ["0B", "1023B", "1K", "1K", "5M"]
