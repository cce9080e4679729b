from routes import Router


def router():
    routes = Router()
    routes.add("/users/{id}", "show")
    routes.add("/users", "list")
    routes.add("/users/{id}/posts/{post}", "post")
    return routes


def test_one_value():
    assert router().find("/users/7") == ("show", {"id": "7"})


def test_two_values():
    assert router().find("/users/7/posts/9/") == ("post", {"id": "7", "post": "9"})


def test_no_values():
    assert router().find("/users") == ("list", {})


def test_unknown():
    assert router().find("/teams") is None
