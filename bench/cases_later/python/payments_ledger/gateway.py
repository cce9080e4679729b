"""What the payment service tells: events with all money in whole cents."""

from itertools import count

FEE_PERCENT = 1.5


class Gateway:
    def __init__(self):
        self._numbers = count(1)
        self.events = []

    def _tell(self, kind, **more):
        event = {"number": next(self._numbers), "kind": kind, **more}
        self.events.append(event)
        return event["number"]

    def charge(self, merchant, cents):
        """Charge a customer; the number of the payment. The fee is rounded to whole cents."""
        if cents <= 0:
            raise ValueError(f"cannot charge {cents}")
        return self._tell(
            "charge",
            merchant=merchant,
            cents=cents,
            fee=round(cents * FEE_PERCENT / 100),
        )

    def charge_all(self, merchant, amounts):
        """Charge several customers of one merchant as a batch, with one fee for each."""
        for cents in amounts:
            self.events.append(
                {
                    "number": next(self._numbers),
                    "kind": "charge",
                    "merchant": merchant,
                    "cents": cents,
                    "fee": round(cents * FEE_PERCENT / 100) / 100,
                }
            )

    def refund(self, number, cents=None):
        """Give back a payment, or a part of it. The fee is not given back."""
        paid = next(event for event in self.events if event["number"] == number)
        if cents is not None and cents > paid["cents"]:
            raise ValueError("more than was paid")
        return self._tell("refund", merchant=paid["merchant"], cents=cents or paid["cents"], of=number)
