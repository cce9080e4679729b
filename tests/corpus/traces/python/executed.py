RULES = "limit = 10\nrate = limit / base\n"


def load(rules):
    scope = {"base": 0}
    exec(compile(rules, "<rules>", "exec"), scope)
    return scope["rate"]


load(RULES)
