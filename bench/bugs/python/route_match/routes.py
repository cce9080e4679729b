class Router:
    """Finds the handler of a path. A part in braces, as in `/users/{id}`, matches any one part."""

    def __init__(self):
        self._routes = []

    def add(self, pattern, handler):
        self._routes.append((pattern.strip("/").split("/"), handler))

    def find(self, path):
        """The first handler whose pattern matches, with the values of its braces; `None` if there is none."""
        parts = path.strip("/").split("/")
        for pattern, handler in self._routes:
            values = self._match(pattern, parts)
            if values:
                return handler, values
        return None

    def _match(self, pattern, parts):
        """The values of the braces by name, or `None` where the parts do not fit."""
        if len(pattern) != len(parts):
            return None
        values = {}
        for expected, part in zip(pattern, parts):
            if expected.startswith("{"):
                values[expected.strip("{}")] = part
            elif expected != part:
                return None
        return values
