from copy import deepcopy


class Conflict(Exception):
    pass


class Ledger:
    """Accounts by name, changed only inside `with ledger.change() as accounts:`."""

    def __init__(self, **balances):
        self.balances = dict(balances)
        self.log = []
        self._open = False

    def change(self, note=""):
        return _Change(self, note)

    def total(self):
        return sum(self.balances.values())


class _Change:
    def __init__(self, ledger, note):
        self.ledger, self.note = ledger, note

    def __enter__(self):
        if self.ledger._open:
            raise Conflict("another change is going on")
        self.ledger._open = True
        self._before = deepcopy(self.ledger.balances)
        return self.ledger.balances

    def __exit__(self, kind, error, traceback):
        self.ledger._open = False
        if kind is None:
            self.ledger.log.append(self.note)
        else:
            self._rollback()
        return True

    def _rollback(self):
        # the same dict, somebody may hold it
        self.ledger.balances.clear()
        self.ledger.balances.update(self._before)


def pay(ledger, payer, payee, amount):
    with ledger.change(f"{payer} to {payee}: {amount}") as accounts:
        accounts[payer] -= amount
        accounts[payee] += amount
        if accounts[payer] < 0:
            raise ValueError(f"{payer} cannot pay {amount}")
