def rows(lines):
    for line in lines:
        name, amount = line.split(",")
        yield name, int(amount)


def total(lines):
    return sum(amount for _, amount in rows(lines))


total(["ann,3", "bob"])
