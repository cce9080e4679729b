from gateway import Gateway
from ledger import Ledger


def euros(cents):
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def report(ledger):
    for account, cents in ledger.balances.items():
        yield f"{account:<8}{euros(cents):>10}"
    yield f"{'total':<8}{euros(ledger.total()):>10}"


def main():
    gateway, ledger = Gateway(), Ledger()
    first = gateway.charge("tea", 1250)
    gateway.charge("books", 3999)
    gateway.charge_all("tea", [500, 333, 1999])
    gateway.refund(first)
    gateway.refund(2, 1000)
    for event in gateway.events + gateway.events[:2]:
        ledger.book(event)
    print("\n".join(report(ledger)))
    print(f"{len(ledger.booked)} events, {ledger.unknown} unknown")


if __name__ == "__main__":
    main()
