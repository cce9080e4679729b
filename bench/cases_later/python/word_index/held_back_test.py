from search import Search


def test_words_of_a_question_like_those_of_a_page():
    search = Search({"one": "He jumped, she walks; it's raining"})
    for question in ("JUMP", "jumping he", "walked?", "rain-jumps", "it s"):
        assert search.find(question) == ["one"], question
    assert search.find("jump swim") == []


def test_scores():
    search = Search({"a": "x y", "b": "x x", "c": "x y y", "d": "z"})
    assert search.find("x y") == ["c", "a"]
    assert search.find("x") == ["b", "a", "c"]
    assert search.find("x", most=1) == ["b"]
    assert search.score("a", ["y"]) > search.score("a", ["x"]) > 0
    assert search.score("d", ["x"]) == 0


def test_dropped():
    search = Search({"a": "x", "b": "x"})
    search.index.drop("a")
    search.index.drop("nope")
    assert search.find("x") == ["b"]
    search.index.put("b", "y")
    search.index.put("b", "y z")
    assert len(search.index) == 1
    assert (search.find("x"), search.find("z y")) == ([], ["b"])
    assert search.find("...") == []
