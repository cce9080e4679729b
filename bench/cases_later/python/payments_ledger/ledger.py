"""Books events of the gateway. Balances are in cents and sum up to what customers have paid."""


class Ledger:
    def __init__(self):
        self.balances = {}
        self.booked = set()
        self.unknown = 0

    def _move(self, account, cents):
        self.balances[account] = self.balances.get(account, 0) + cents

    def book(self, event):
        """Book an event once: a charge less its fee goes to the merchant, a refund is taken from them."""
        if event["number"] in self.booked:
            return False
        self.booked.add(event["number"])
        if event["kind"] == "charge":
            self._move(event["merchant"], event["cents"] - event["fee"])
            self._move("fees", event["fee"])
        elif event["kind"] == "refunded":
            self._move(event["merchant"], event["cents"])
            self._move("fees", 0)
        else:
            self.unknown += 1
        return True

    def total(self):
        return sum(self.balances.values())
