def total(values):
    return summ(values)


print(total([1, 2]))
