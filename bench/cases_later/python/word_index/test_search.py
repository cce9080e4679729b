from search import Search

PAGES = {
    "dogs": "Dogs walk. A dog barks at dogs.",
    "cats": "Cats walk alone; cats walk at night.",
    "birds": "Birds sing at night.",
}


def test_one_word():
    assert Search(PAGES).find("bark") == ["dogs"]


def test_endings_and_case():
    assert Search(PAGES).find("Singing!") == ["birds"]


def test_all_words():
    assert Search(PAGES).find("walk night") == ["cats"]


def test_more_often_is_better():
    assert Search(PAGES).find("walk") == ["cats", "dogs"]


def test_rare_words_weigh_more():
    pages = {"a": "tea tea tea cup", "b": "tea cup cup cup", "c": "tea", "d": "tea"}
    assert Search(pages).find("tea cup") == ["b", "a"]


def test_put_again():
    search = Search(PAGES)
    search.index.put("dogs", "Fish swim.")
    assert search.find("dog") == []
    assert search.find("fish") == ["dogs"]


def test_nothing():
    assert Search(PAGES).find(" ") == []
    assert Search(PAGES).find("zebra") == []
