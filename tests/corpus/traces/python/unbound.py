def best(scores):
    for score in scores:
        highest = score
    return highest


best([])
