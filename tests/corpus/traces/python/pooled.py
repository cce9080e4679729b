from multiprocessing import get_context


def square(value):
    return value**2 / (value - 2)


if __name__ == "__main__":
    with get_context("spawn").Pool(1) as pool:
        print(pool.map(square, [1, 2]))
