"""Faults: a misspelt method, a mean of nothing, text added to a number, a mutable default."""


class Pupil:
    def __init__(self, name):
        self.name = name
        self.marks = []

    def add(self, mark):
        self.marks.appned(mark)

    def mean(self):
        return sum(self.marks) / len(self.marks)


def ranking(pupils, known=[]):
    for pupil in pupils:
        known.append((pupil.mean(), pupil.name))
    return sorted(known, reverse=True)


def main():
    ada, bob, eve = Pupil("Ada"), Pupil("Bob"), Pupil("Eve")
    for mark in (1, 2, 3):
        ada.add(mark)
    bob.add(4)
    print(len(ranking([ada, bob])))
    for mean, name in ranking([ada, bob, eve]):
        print(name + ": " + mean)


main()
