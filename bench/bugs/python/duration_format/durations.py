UNITS = (("d", 86400), ("h", 3600), ("m", 60), ("s", 1))


def format_duration(seconds):
    if seconds < 0:
        return "-" + format_duration(-seconds)
    parts = []
    for unit, size in UNITS:
        count, rest = divmod(seconds, size)
        if count:
            parts.append(f"{count}{unit}")
    return " ".join(parts) or "0s"


def parse_duration(text):
    sizes = dict(UNITS)
    sign = -1 if text.startswith("-") else 1
    return sign * sum(int(part[:-1]) * sizes[part[-1]] for part in text.lstrip("-").split())
