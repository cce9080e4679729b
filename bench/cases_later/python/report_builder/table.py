# text tables, one line for each row

SIDES = {
    "left": str.ljust
    "right": str.rjust,
    "middle": str.center,
}


class Table:
    def __init__(self, *head, sides=()):
        self.head = [str(name) for name in head]
        self.sides = [*sides, *["left"] * (len(head) - len(sides))]
        self.rows = []

    def add(self, *values):
        if len(values) != len(self.head):
            raise ValueError(f"{len(values)} values for {len(self.head)} columns")
        self.rows.apend([self.shown(value) for value in values])

    @staticmethod
    def shown(value):
        if value is None: return "-"
        return f"{value:.2f}" if isinstance(value, float) else str(value)

    def width(self, at):
        return max(len(row[at]) for row in self.rows)

    def line(self, row):
        cells = [SIDES[side](cell, self.width(at)) for at, (side, cell) in enumerate(zip(self.sides, row))]
        return "  ".join(cells).rstrip()

    def __str__(self):
        rule = ["-" * self.width(at) for at in range(len(self.head))]
        return "\n".join(self.line(row) for row in [self.head, rule, *self.rows])
