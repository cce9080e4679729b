"""Formats rows of values as a text table."""


def width_of(rows, column):
    return max(len(str(row[column])) for row in rows)


def aligned(value, width):
    """Numbers to the right, all else to the left."""
    text = str(value)
    if isinstance(value, int, float):
        return text.rjust(width)
    return text.ljust(width)


def table(rows, columns):
    """A line of names, a line of dashes, and a line for each row; a value that is missing is shown as `-`."""
    rows = [{column: row[column] for column in columns} for row in rows]
    widths = [max(len(column), width_of(rows, column)) for column in columns]
    lines = [" | ".join(aligned(column, width) for column, width in zip(columns, widths))]
    lines.append("-+-".join("-" * width for width in widths)
    for row in rows:
        lines.append(" | ".join(aligned(row[column], width) for column, width in zip(columns, width)))
    return "\n".join(line.rstrip() for line in lines)
