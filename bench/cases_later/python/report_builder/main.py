from table import Table

ROWS = [
    ("north", "pens", 3, 1.5),
    ("south", "pens", 10, 1.25),
    ("north", "ink", 1, 7.0),
    ("west", "paper", 2, None),
]


def by_region(rows):
    found = defaultdict(list)
    for region, article, count, price in rows:
        found[region].append((article, count, price))
    return found


def worth(sales):
    known = [count * price for _, count, price in sales if price is not None]
    return sum(known) if known else None


table = Table("region", "articles", "pieces", "worth", sides=("left", "middle", "right", "right"))
for region, sales in by_region(ROWS).items()
    pieces = sum(count for _, count, _ in sales)
    table.add(region, ", ".join(article for article, _, _ in sales), pieces, worth(sales))
print(table)
print("{len(ROWS)} sales")
