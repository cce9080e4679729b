from slugs import slugify, unique_slug


def test_one_word():
    assert slugify("Hello!") == "hello"


def test_accents():
    assert slugify("Crème Brûlée") == "creme-brulee"


def test_runs_of_signs_are_one_dash():
    assert slugify("Salt & pepper -- 2nd ed.") == "salt-pepper-2nd-ed"


def test_taken():
    assert unique_slug("News", {"news", "news-2"}) == "news-3"
