import unittest

from shop.stock import reserve


class StockTest(unittest.TestCase):
    def test_reserve(self):
        stock = {"tea": 2}
        reserve(stock, "tea")
        self.assertEqual(stock, {"tea": 0})

    def test_unknown(self):
        reserve({}, "tea")
