from routes import Router


def test_root_and_first_match():
    routes = Router()
    routes.add("/", "home")
    routes.add("/about", "about")
    routes.add("/{page}", "page")
    assert routes.find("/") == ("home", {})
    assert routes.find("/about/") == ("about", {})
    assert routes.find("/other") == ("page", {"page": "other"})
    assert routes.find("/a/b") is None


def test_no_routes():
    assert Router().find("/") is None
