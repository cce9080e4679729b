"""Secrets and paths of a machine written into code."""

import re
from collections.abc import Iterator

from goldseam.verify.policy.change import FileChange
from goldseam.verify.policy.context import Context
from goldseam.verify.policy.ruling import Decision, Example, Objection, Rule, reject, review

_TOKENS = re.compile(
    r"AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,}|xox[baprs]-[\w-]{10,}"
    r"|sk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,}|AIza[\w-]{35}|hf_[A-Za-z0-9]{30,}|glpat-[\w-]{20,}"
    r"|npm_[A-Za-z0-9]{36}|pypi-[\w-]{40,}|sk_live_\w{20,}|SG\.[\w-]{20,}\.[\w-]{20,}"
    r"|-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"
    r"|[a-z][a-z0-9+]{0,20}://[^\s:/@'\"{}<>$%]+:[^\s:/@'\"{}<>$%]{3,}@[\w.-]+"
)
_ASSIGNED = re.compile(
    r"(?i)(?:^|[^a-z])\w{0,40}(?:password|passwd|secret|api_?key|token|private_?key)\w*[\"']?\s*(?:=|:|=>)\s*"
    r"[\"'](?=[^\"']*\d)(?=[^\"']*[a-zA-Z])[^\"'\s{}<>$%]{8,}[\"']"
)
_PATHS = re.compile(r"(?:/home/|/Users/|/root(?=/)|[A-Za-z]:\\\\?Users\\\\?)[\w.\\/-]*")
_TEMPORARY = re.compile(r"[\"'](?:/tmp|/var/folders|/private/tmp)/[\w./-]+[\"']")


def check(change: FileChange, _: Context) -> Iterator[Objection]:
    """Added lines with what was nowhere in the old text."""
    for line, text in change.added:
        for pattern, what in (
            (_TOKENS, "a secret"),
            (_ASSIGNED, "a password or key"),
            (_PATHS, "a path of one machine"),
        ):
            match = pattern.search(text)
            if match and match[0] not in change.old:
                yield reject(line, f"{what} is written into the code")
                break
        else:
            if (match := _TEMPORARY.search(text)) and match[0] not in change.old:
                yield review(line, f"a path of one machine is written into the code: {match[0]}")


_OLD = "def connect():\n    return open_db(read_config())\n"
RULE = Rule(
    "secret or machine path",
    check,
    hits=(
        Example(_OLD, _OLD.replace("read_config()", "'AKIA" + "ABCDEFGHIJKLMNOP'")),
        Example(_OLD, _OLD.replace("read_config()", "'postgres://app:hunter22@db.local/app'")),
        Example(_OLD, "password = 'hunter2hunter2'\n" + _OLD),
        Example(_OLD, _OLD.replace("read_config()", "'/home/anna/app/data.db'")),
        Example(_OLD, _OLD.replace("read_config()", "'/tmp/run/data.db'"), Decision.REVIEW),
        Example("x = 1;\n", "x = 'ghp_" + "a1B2" * 9 + "';\n", path="job.js"),
    ),
    misses=(
        Example(_OLD, _OLD.replace("read_config()", "os.environ['DB_PASSWORD']")),
        Example(_OLD, "token = 'name'\n" + _OLD),
        Example(_OLD, _OLD.replace("read_config()", "'postgres://localhost/app'")),
        Example(_OLD, _OLD.replace("read_config()", "f'postgres://{user}:{password}@{host}/app'")),
    ),
)
