class Ledger:
    def __init__(self, rows):
        self.rows = rows

    @property
    def balance(self):
        return sum(row.amount for row in self.rows)

    def __str__(self):
        return f"balance {self.balance}"


print(Ledger([object()]))
