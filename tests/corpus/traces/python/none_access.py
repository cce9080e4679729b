import re


def year(text):
    return re.match(r"(\d{4})-", text).group(1)


year("no date")
