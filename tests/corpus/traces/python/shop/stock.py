def reserve(stock, name):
    stock[name] -= 1
