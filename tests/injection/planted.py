"""Secrets of 26 kinds, made from a seed: none was ever valid. Each comes with the text it is found in."""

import base64
import random
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

_ALPHANUMERIC = string.ascii_letters + string.digits
_URL_SAFE = _ALPHANUMERIC + "-_"
_HEX = "0123456789abcdef"


@dataclass(frozen=True, slots=True)
class Planted:
    """`secret` must never leave; `code` is the expression that holds it, `said` a line that prints it."""

    kind: str
    secret: str
    code: str
    said: str


def _word(rng: random.Random, letters: str, length: int) -> str:
    # A digit in each, as random ones have: a rule may count on it.
    word = [rng.choice(letters) for _ in range(length)]
    word[rng.randrange(length)] = rng.choice("23456789")
    return "".join(word)


def _token(prefix: str, letters: str, length: int, rng: random.Random) -> Planted:
    secret = prefix + _word(rng, letters, length)
    return Planted("", secret, f'"{secret}"', f"request with {secret} was refused")


def _jwt(rng: random.Random) -> Planted:
    parts = (_word(rng, _URL_SAFE, length) for length in (24, 60, 43))
    head, body, mark = parts
    secret = f"eyJ{head}.eyJ{body}.{mark}"
    return Planted("", secret, f'"{secret}"', f"invalid session {secret}")


def _sendgrid(rng: random.Random) -> Planted:
    secret = f"SG.{_word(rng, _URL_SAFE, 22)}.{_word(rng, _URL_SAFE, 43)}"
    return Planted("", secret, f"'{secret}'", f"mail: {secret} rejected")


def _telegram(rng: random.Random) -> Planted:
    secret = f"{rng.randrange(10**8, 10**9)}:AA{_word(rng, _URL_SAFE, 33)}"
    return Planted("", secret, f'"{secret}"', f"https://api.telegram.org/bot{secret}/sendMessage failed")


def _slack_hook(rng: random.Random) -> Planted:
    secret = (
        f"T{_word(rng, string.digits, 8)}/B{_word(rng, string.digits, 8)}/{_word(rng, _ALPHANUMERIC, 24)}"
    )
    url = f"https://hooks.slack.com/services/{secret}"
    return Planted("", secret, f'"{url}"', f"POST {url} 404")


def _private_key(rng: random.Random) -> Planted:
    secret = base64.b64encode(rng.randbytes(96)).decode()
    lines = "\n".join(
        ["-----BEGIN RSA PRIVATE KEY-----", secret[:64], secret[64:], "-----END RSA PRIVATE KEY-----"]
    )
    return Planted("", secret[:64], f'"""{lines}"""', lines)


def _database(rng: random.Random) -> Planted:
    secret = _word(rng, _ALPHANUMERIC, 14)
    url = f"postgresql+psycopg://app:{secret}@db.internal:5432/shop"
    return Planted("", secret, f'"{url}"', f"could not connect to {url}")


def _azure(rng: random.Random) -> Planted:
    secret = base64.b64encode(rng.randbytes(64)).decode()
    text = (
        f"DefaultEndpointsProtocol=https;AccountName=shop;AccountKey={secret};EndpointSuffix=core.windows.net"
    )
    return Planted("", secret, f'"{text}"', text)


def _basic(rng: random.Random) -> Planted:
    secret = base64.b64encode(f"app:{_word(rng, _ALPHANUMERIC, 12)}".encode()).decode()
    header = f"Authorization: Basic {secret}"
    return Planted("", secret, f'"{header}"', f"sent {header}")


def _bearer(rng: random.Random) -> Planted:
    secret = _word(rng, _ALPHANUMERIC, 40)
    return Planted("", secret, f'{{"Authorization": "Bearer {secret}"}}', f"< Authorization: Bearer {secret}")


def _password(rng: random.Random) -> Planted:
    secret = _word(rng, _ALPHANUMERIC + "!@#^*", 12)
    return Planted("", secret, f'dict(password="{secret}")["password"]', f"login failed: password={secret}")


def _aws_secret(rng: random.Random) -> Planted:
    secret = _word(rng, _ALPHANUMERIC + "+/", 40)
    return Planted("", secret, f'{{"aws_secret_access_key": "{secret}"}}', f"AWS_SECRET_ACCESS_KEY={secret}")


def _generic(rng: random.Random) -> Planted:
    secret = _word(rng, _ALPHANUMERIC, 32)
    return Planted("", secret, f'dict(api_key="{secret}")', f"export SHOP_API_KEY={secret}")


KINDS: dict[str, Callable[[random.Random], Planted]] = {
    "aws access key id": partial(_token, "AKIA", string.ascii_uppercase + string.digits, 16),
    "aws secret key": _aws_secret,
    "github token": partial(_token, "ghp_", _ALPHANUMERIC, 36),
    "github fine-grained": partial(_token, "github_pat_", _ALPHANUMERIC + "_", 82),
    "gitlab": partial(_token, "glpat-", _URL_SAFE, 20),
    "slack token": partial(_token, "xoxb-", _ALPHANUMERIC, 48),
    "slack webhook": _slack_hook,
    "stripe": partial(_token, "sk_live_", _ALPHANUMERIC, 24),
    "openai": partial(_token, "sk-proj-", _URL_SAFE, 48),
    "anthropic": partial(_token, "sk-ant-api03-", _URL_SAFE, 93),
    "google api key": partial(_token, "AIza", _URL_SAFE, 35),
    "google client secret": partial(_token, "GOCSPX-", _URL_SAFE, 28),
    "hugging face": partial(_token, "hf_", string.ascii_letters, 34),
    "npm": partial(_token, "npm_", _ALPHANUMERIC, 36),
    "pypi": partial(_token, "pypi-AgEIcHlwaS5vcmc", _URL_SAFE, 120),
    "sendgrid": _sendgrid,
    "twilio": partial(_token, "SK", _HEX, 32),
    "telegram": _telegram,
    "json web token": _jwt,
    "private key": _private_key,
    "connection string": _database,
    "azure storage": _azure,
    "basic authorization": _basic,
    "bearer authorization": _bearer,
    "password": _password,
    "named key": _generic,
}


def planted(count: int, seed: int = 4) -> Iterator[Planted]:
    """`count` secrets, every kind in turn."""
    rng = random.Random(seed)
    names = list(KINDS)
    for number in range(count):
        kind = names[number % len(names)]
        made = KINDS[kind](rng)
        yield Planted(kind, made.secret, made.code, made.said)
