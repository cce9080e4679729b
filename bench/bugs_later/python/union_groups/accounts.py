"""Finds accounts that belong to the same person: those that share a mail address or a phone."""


class Groups:
    def __init__(self):
        self._parent = {}

    def _root(self, item):
        self._parent.setdefault(item, item)
        while self._parent[item] != item:
            # halve the path while we walk it
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join(self, one, other):
        if self._root(one) != self._root(other):
            self._parent[one] = other

    def together(self, one, other):
        return self._root(one) == self._root(other)

    def all(self):
        found = {}
        for item in self._parent:
            found.setdefault(self._root(item), set()).add(item)
        return sorted(map(sorted, found.values()))


def marks(account):
    for kind in ("mail", "phone"):
        for value in account.get(kind, ()):
            yield kind, value.strip().lower()


def persons(accounts):
    groups, owners = Groups(), {}
    for account in accounts:
        name = account["name"]
        groups.join(name, name)
        for mark in marks(account):
            if mark in owners:
                groups.join(owners[mark], name)
            else:
                owners[mark] = name
    return groups.all()
