def transposed(grid):
    return [list(column) for column in zip(*grid)]


def rotated(grid):
    return [list(row) for row in zip(*grid)][::-1]


def spiral(grid):
    found = []
    grid = [list(row) for row in grid]
    while grid:
        found += grid.pop(0)
        grid = transposed(grid)[::-1]
    return found


def neighbours(grid, row, column):
    found = []
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            if down == 0 and right == 0:
                continue
            r, c = row + down, column + right
            if 0 <= r < len(grid) and 0 <= c < len(grid):
                found.append(grid[r][c])
    return found
