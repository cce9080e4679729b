import re

COMMON = {"password", "letmein", "qwertz12", "12345678"}


def problems(password, user=""):
    found = []
    if len(password) < 8:
        found.append("too short")
    if not re.search(r"[a-z]", password) and not re.search(r"[A-Z]", password):
        found.append("needs small and capital letters")
    if not re.search(r"\d", password):
        found.append("needs a digit")
    if password.lower() in COMMON:
        found.append("too common")
    if user in password.lower():
        found.append("contains the user's name")
    return found


def is_strong(password, user=""):
    return not problems(password, user)
