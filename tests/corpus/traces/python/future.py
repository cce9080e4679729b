from concurrent.futures import ThreadPoolExecutor


def weight(parcel):
    return parcel["grams"] / 1000


with ThreadPoolExecutor(2) as pool:
    print(sum(pool.map(weight, [{"grams": 500}, {"kilos": 2}])))
