from urllib.parse import quote, unquote


def build(parameters):
    pairs = []
    for name, value in sorted(parameters.items()):
        if value is None:
            continue
        for one in value if isinstance(value, (list, tuple)) else [value]:
            pairs.append(f"{quote(name, safe='')}={quote(str(one), safe='')}")
    return "&".join(pairs)


def parse(text):
    found = {}
    for pair in text.lstrip("?").split("&"):
        name, _, value = pair.partition("=")
        found[unquote(name)] = [unquote(value)]
    return found
