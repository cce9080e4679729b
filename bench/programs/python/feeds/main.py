import asyncio

from pipeline import Source, run


def texts(prefix, lines):
    return [{"id": f"{prefix}{number}", "text": line} for number, line in enumerate(lines)]


def report(result):
    common = sorted(result["counter"].items(), key=lambda pair: (-pair[1], pair[0]))
    for word, count in common[:4]:
        print(word + ": " + str(count))
    print("sent", result["sent"], "done", result["done"], "total", result["total"], result["fast"])
    share = result["done"] / result["sent"]
    print(f"share {share:.2f}")


def main():
    one = Source("one", texts("n", ["the red fox", "The blue hare", "a fox again"]))
    two = Source("two", texts("n", ["the red fox", "the end"]) + texts("m", ["more of the same"]))
    result = asyncio.run(run([one, two]))
    report(result)


main()
