def guard(stock):
    class OutOfStock(Exception):
        pass

    if not stock:
        raise OutOfStock("nothing left")


guard([])
