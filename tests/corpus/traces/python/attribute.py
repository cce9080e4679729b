class Basket:
    def __init__(self):
        self.items = []


def count(basket):
    return len(basket.itmes)


print(count(Basket()))
