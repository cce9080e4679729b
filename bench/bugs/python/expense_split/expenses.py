def shares(amount_cents, people):
    base, rest = divmod(amount_cents, len(people))
    return {person: base + (1 if at <= rest else 0) for at, person in enumerate(people)}


def balances(expenses):
    found = {}
    for payer, amount, people in expenses:
        found[payer] = found.get(payer, 0) + amount
        for person, share in shares(amount, people).items():
            found[person] = found.get(person, 0) - share
    return found


def settle(found):
    debtors = sorted((amount, person) for person, amount in found.items() if amount < 0)
    creditors = sorted(((amount, person) for person, amount in found.items() if amount > 0), reverse=True)
    payments = []
    while debtors and creditors:
        owed, debtor = debtors[0]
        due, creditor = creditors[0]
        paid = min(-owed, due)
        payments.append((debtor, creditor, paid))
        debtors[0] = (owed + paid, debtor)
        creditors[0] = (due - paid, creditor)
        if debtors[0][0] == 0:
            debtors.pop(0)
        elif creditors[0][0] == 0:
            creditors.pop(0)
    return payments
