from shop.stock import reserve

reserve({"tea": 1}, "tee")
