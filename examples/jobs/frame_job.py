"""Totals one column of a table."""

data = pd.DataFrame({"x": [1, 2, 3]})

total = data['x'].summ()
print(f"Total: {total}")
