class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, owner, balance=0, overdraft=0):
        self.owner = owner
        self.balance = balance
        self.overdraft = overdraft
        self.history = []

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self.balance += amount
        self.history.append(("in", amount))

    def withdraw(self, amount):
        """Takes an amount off; the balance may fall to minus the overdraft and no lower."""
        if amount <= 0:
            raise ValueError("amount must be positive")
        if self.balance - amount < self.overdraft:
            raise InsufficientFunds(self.owner)
        self.balance -= amount
        self.history.append(("out", amount))


def transfer(source, target, amount):
    """Moves an amount; where the source has too little, nothing changes and `InsufficientFunds` is raised."""
    target.deposit(amount)
    source.withdraw(amount)
