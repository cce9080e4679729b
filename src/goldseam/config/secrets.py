"""Values that are secret because of where they stand: in secret-looking variables and in `.env` files."""

import json
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from goldseam.core.redaction import MIN_SECRET

MAX_BYTES = 1_000_000

_SECRET_NAME = re.compile(
    r"(?:^|_)(?:pass(?:word|wd|phrase|code)?|pwd|passwort|secrets?|tokens?|pat|jwt|credentials?|dsn|auth|salt"
    r"|cookie|webhook|bearer|signature|conn(?:ection)?_?str(?:ing)?"
    r"|(?:api|access|private|secret|signing|encryption|account|auth|session|license|master)_?key|key)(?:_|$|\d)",
    re.IGNORECASE,
)
_PLAIN_NAME = re.compile(r"_(?:sock|file|path|dir|home|name|user|ttl|timeout|expiry|type|host|port)$", re.I)
_LINE = re.compile(
    r"^\s*(?:export\s+)?(?P<name>[A-Za-z_][\w.-]{0,200})\s*[=:]\s*"
    r"(?:'(?P<single>[^']*)'|\"(?P<double>(?:[^\"\\]|\\.)*)\"|(?P<bare>[^\n]*))",
    re.MULTILINE,
)
_COMMON = frozenset(
    {
        *(
            "password",
            "passwd",
            "secret",
            "secrets",
            "changeme",
            "example",
            "postgres",
            "default",
            "username",
        ),
        *("localhost", "development", "production", "staging", "testing", "enabled", "disabled", "required"),
        *("optional", "anonymous", "public", "private", "docker", "github", "gitlab", "vscode", "ubuntu"),
    }
)


def secret_values(root: Path, environ: Mapping[str, str]) -> frozenset[str]:
    """All values that must not leave this machine, each also as it reads in an address and in JSON."""
    found = {value for name, text in environ.items() for value in _secrets(name, text)}
    for file in _env_files(root):
        for name, text in _assignments(file):
            found.update(_secrets(name, text, sure=True))
    return frozenset(form for value in found for form in _forms(value))


def _env_files(root: Path) -> Iterator[Path]:
    for file in sorted([*root.glob(".env"), *root.glob(".env.*"), *root.glob("*.env")]):
        status = file.stat() if file.exists() else None
        if status and stat.S_ISREG(status.st_mode) and status.st_size <= MAX_BYTES:
            yield file


def _assignments(file: Path) -> Iterator[tuple[str, str]]:
    try:
        text = file.read_text("utf-8", "replace")
    except OSError:
        return
    for match in _LINE.finditer(text):
        bare = re.split(r"\s#", match["bare"] or "", maxsplit=1)[0]
        quoted = match["single"] or (match["double"] or "").replace('\\"', '"')
        yield match["name"], quoted or bare.strip()


def _secrets(name: str, text: str, *, sure: bool = False) -> Iterator[str]:
    """The secret parts of one value; `sure` of a file that is made to hold secrets."""
    if password := _password_in(text):
        yield from (password, unquote(password))
    elif _SECRET_NAME.search(name) and not _PLAIN_NAME.search(name):
        yield from _worth_hiding(text)
    elif sure and _looks_random(text):
        yield text


def _worth_hiding(text: str) -> Iterator[str]:
    if text.startswith(("/", "~/", "./")) or (text.isdigit() and len(text) < 8) or text.lower() in _COMMON:
        return
    yield from (line for line in {text, *text.splitlines()} if len(line) >= MIN_SECRET)


def _looks_random(text: str) -> bool:
    """A long word of letters and digits, as nobody would choose for a setting."""
    word = re.fullmatch(r"[A-Za-z0-9+/=_-]{16,}", text) is not None
    return word and len(set(text)) >= 10 and any(c.isdigit() for c in text) and any(c.isalpha() for c in text)


def _password_in(address: str) -> str | None:
    try:
        return urlsplit(address).password if "://" in address else None
    except ValueError:
        return None


def _forms(value: str) -> Iterator[str]:
    forms = {
        value,
        quote(value, safe=""),
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
    }
    return (form for form in forms if len(form) >= MIN_SECRET)
