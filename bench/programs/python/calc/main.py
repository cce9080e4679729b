from evaluator import Evaluator

CASES = ["1 + 2 * 3", "(1 + 2) * 3", "-rate * 4", "sqrt(16) + floor(2.7)", "abs(3 - 10) / 2"]


def show(label, value, width=24):
    print(label.ljust(width) + str(round(value, 3)))


def main():
    evaluator = Evaluator({"rate": 1.5})
    total = 0
    for case in CASES:
        value = evaluator.evaluate(case)
        total += value
        show(case, value)
    show("total", total)
    try:
        evaluator.evaluate("1 + ) 2")
    except (SyntaxError, KeyError) as error:
        print(type(error).__name__)
    average = total / len(CASES)
    print("average", round(average, 2), "calls", evaluator.calls)


main()
