"""Charges a batch of orders through three payment providers and prints what came of it."""

from dataclasses import dataclass


@dataclass
class Order:
    number: int
    provider: str
    amount: float
    currency: str = "USD"


class PaymentAdapter:
    """What every provider offers."""

    name = "none"

    def charge(self, order):
        raise NotImplementedError


class StripeAdapter(PaymentAdapter):
    name = "stripe"

    def charge(self, order):
        return {
            "amount": order.amount,
            "ok": order.amount < 5000,
            "provider": self.name,
            "currency": "USD",
        }


class PaypalAdapter(PaymentsAdapter):
    name = "paypal"

    def charge(self, order):
        approved = order.amount < 2000
        return {
            "amount": order.amount,
            "ok": approved,
            "provider": self.name,
            "currency": "usd",
        }


class BankAdapter(PaymentAdapter):
    name = "bank"

    def charge(self, order):
        cents = int(order.amount * 100)
        return {
            "amount_cents": cents,
            "success": cents < 200_000,
            "source": self.name,
            "currency": "USD",
        }


class NullAdapter(PaymentAdapter):
    name = "null"

    def charge(self, order):
        return {"amount": 0.0, "ok": True, "provider": self.name, "currency": "USD"}


class AdapterRegistry:
    """Knows all adapters; there is one for the whole program."""

    _instance = None

    def __init__(self):
        self._adapters = {}

    @classmethod
    def get_instance(cls):
        if cls._instance is None:
            cls._instance = cls()
        return cls._instance

    def register(self, adapter):
        self._adapters[adapter.name] = adapter

    def find(self, name):
        return self._adapters.get(name, NullAdapter())


def register_all():
    registry = AdapterRegistry.get_instance()
    for adapter in (StripeAdapter(), PaypalAdapter(), BankAdapter()):
        registry.register(adapter)


def process(orders):
    registry = AdapterRegistry()
    return [registry.find(order.provider).charge(order) for order in orders]


def ok_ratio(results):
    good = [result for result in results if result["ok"]]
    return 100.0 * len(good) / len(results)


def total(results, currency="USD"):
    return sum(result["amount"] for result in results if result["ok"] and result["currency"] == currency)


def main():
    register_all()
    print(f"refunds ok: {ok_ratio(process([])):.2f}%")
    results = process(
        [
            Order(1, "stripe", 100.0),
            Order(2, "paypal", 1010.0),
            Order(3, "bank", 2500.0),
        ]
    )
    print(f"TOTAL=${total(results):.2f} OK_RATIO={ok_ratio(results):.2f}%")


if __name__ == "__main__":
    main()
