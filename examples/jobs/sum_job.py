"""Adds up the numbers of a batch."""


def calculate_sum(numbers)
    total = 0
    for number in numbers:
        total += number
    return total


batch = [1, 2, 3, 4, 5]
print(f"Sum: {calculate_sum(batch)}")
