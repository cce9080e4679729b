import re


def key(version):
    """What orders versions: their numbers as numbers; a version with a suffix comes before that without.

    `1.10.0` comes after `1.9.2`, `2.0-rc1` before `2.0`, and missing parts count as zero: `1.2` is `1.2.0`.
    """
    numbers, _, suffix = version.lstrip("v").partition("-")
    parts = [part for part in numbers.split(".")]
    while len(parts) < 3:
        parts.append(0)
    return (*parts, suffix == "", suffix)


def newest(versions, stable=True):
    """The newest of the versions, by default of those without a suffix; `None` if there is none."""
    return max((version for version in versions if not (stable and "-" in version)), key=key, default=None)


def satisfies(version, wanted):
    """Whether a version fulfils a wish such as `>=1.2`, `<2`, `==1.4.1`."""
    operator, other = re.fullmatch(r"(>=|<=|==|<|>)\s*(.+)", wanted).groups()
    one, two = key(version), key(other)
    return {">=": one >= two, "<=": one <= two, "==": one == two, "<": one < two, ">": one > two}[operator]
