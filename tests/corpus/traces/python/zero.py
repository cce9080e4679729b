def share(part, whole):
    return part / whole


def main():
    print(share(3, 0))


main()
