"""520 secrets of 26 kinds, in code, output, `.env`, environment: none leaves, each stays where it was."""

import random
import re
import sqlite3
import string
import sysconfig
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from planted import KINDS, Planted, planted
from rich.console import Console

import running
from goldseam.cli.document import as_text, diff_of, stored_result
from goldseam.cli.ending import print_results
from goldseam.cli.healing import told_of
from goldseam.cli.terminal import Progress
from goldseam.config import load
from goldseam.config.secrets import secret_values
from goldseam.core.budget import Budget
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.outcome import Autonomy
from goldseam.core.redaction import REDACTED, Redactor
from goldseam.pipeline import repair
from goldseam.plugins import Plugins
from goldseam.store.database import store_file
from goldseam.wiring import Choice, assemble

COUNT = 520
IN_ONE_FILE = 40
STDLIB_LINES = 20_000
FAULT, REPAIR = "print({}[' '.join(said)])", "print(len(' '.join(said)))"
CONFIGURATION = """
[models]
chain = ["remote"]
[models.entries.remote]
provider = "openai_compatible"
model = "echo"
base_url = "{url}"
"""


@dataclass
class Echo(running.Server):
    """A model elsewhere that repairs the one fault and gives the rest back as it was shown."""

    def answer(self) -> str:
        shown = re.search(r"Code:\n(`{3,})python\n(.*)\n\1\n", self.asked[-1]["messages"][1]["content"], re.S)
        assert shown is not None, self.asked[-1]["messages"][1]["content"]
        return f"```python\n{shown[2].replace(FAULT, REPAIR)}\n```"


@pytest.fixture
def elsewhere() -> Iterator[Echo]:
    """On loopback, but by an address that goldseam does not take for this machine."""
    server = ThreadingHTTPServer(("127.0.0.2", 0), running._Handler)
    echo = Echo(f"http://127.0.0.2:{server.server_port}/v1")
    server.scripted = echo
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield echo
    server.shutdown()
    server.server_close()


@dataclass(slots=True)
class Seen:
    """Everything that goldseam wrote anywhere but into the owner's files."""

    texts: dict[str, str] = field(default_factory=dict)

    def leaks(self, secrets: list[str]) -> list[tuple[str, str]]:
        return [(where, secret) for secret in secrets for where, text in self.texts.items() if secret in text]


def job(secrets: list[Planted]) -> str:
    """A program that holds secrets, prints them and dies of one fault."""
    held = "".join(f"held_{number} = {one.code}\n" for number, one in enumerate(secrets))
    said = "".join(f"    {one.said!r},\n" for one in secrets)
    return f"import sys\n\n{held}\nsaid = [\n{said}]\nsys.stderr.write('\\n'.join(said))\n{FAULT}\n"


def stored(root: Path) -> str:
    """All of the store but the bytes of files, which lie beside the files anyway."""
    with closing(sqlite3.connect(store_file(root))) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        names = {name for (name,) in tables} - {"contents"}
        assert {"repairs", "faults", "changes"} <= names
        return repr([connection.execute(f"SELECT * FROM {name}").fetchall() for name in names])


@pytest.mark.sandbox
def test_none_of_500_secrets_leaves(
    tmp_path: Path, elsewhere: Echo, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "goldseam.toml").write_text(CONFIGURATION.format(url=elsewhere.url))
    every = list(planted(COUNT))
    assert {one.kind for one in every} == set(KINDS)
    assert len({one.secret for one in every}) == COUNT
    monkeypatch.setenv("SHOP_PASSPHRASE", "correct horse battery")
    (tmp_path / ".env").write_text("DB_PASSWORD=staple-9876\n")
    seen = Seen()
    rewriting = Choice(rungs=("rewrite_function", "rewrite_file"))
    with assemble(tmp_path, load(tmp_path), rewriting, Plugins()) as assembly:
        for start in range(0, COUNT, IN_ONE_FILE):
            some = every[start : start + IN_ONE_FILE]
            name = f"job{start}.py"
            source = job(some) + "# correct horse battery, staple-9876\n"
            (tmp_path / name).write_text(source)
            incident = Incident(name, (name,), "fails", OracleSpec(run=f"python3 {name}"))
            events = repair(incident, assembly.workshop, budget=Budget(attempts=2), autonomy=Autonomy.LAND)
            record = Progress(redacted=assembly.redactor.redacted).follow(events).record
            print_results([told_of(record, assembly.redactor)], Console(width=200))
            seen.texts[f"JSON of {name}"] = as_text([stored_result(record, None, assembly.redactor)])
            assert record.outcome in ("healed", "held"), record.description
            (change,) = record.changes
            assert change.after.decode() == source.replace(FAULT, REPAIR)
            assert diff_of(record.changes).count("\n+") == 2
    printed = capfd.readouterr()
    seen.texts |= {"standard output": printed.out, "standard error": printed.err, "store": stored(tmp_path)}
    seen.texts["requests"] = "\n".join(map(repr, elsewhere.asked))
    assert "REDACTED_SECRET_0" in seen.texts["requests"]
    assert seen.leaks([one.secret for one in every] + ["correct horse battery", "staple-9876"]) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_found_and_put_back(kind: str) -> None:
    rng = random.Random(11)
    for _ in range(20):
        one = KINDS[kind](rng)
        for text in (f"def f():\n    x = {one.code}\n", f"2026-01-01 ERROR {one.said}\nnext line\n"):
            assert one.secret not in Redactor().redacted(text), text
            masked = Redactor().masked(text)
            assert one.secret not in masked.texts[0]
            assert masked.restored(masked.texts[0]) == text


def test_the_standard_library_holds_hardly_any() -> None:
    lines, flags = 0, []
    files = [p for p in Path(sysconfig.get_paths()["stdlib"]).glob("*.py") if "test" not in p.name]
    random.Random(3).shuffle(files)
    for file in files:
        text = file.read_text("utf-8", "replace")
        flags += [(file.name, text[start:end]) for start, end in Redactor().spans(text)]
        lines += text.count("\n")
        if lines >= STDLIB_LINES:
            break
    assert lines >= STDLIB_LINES
    assert len(flags) <= 3, flags


def test_values_of_the_environment_and_of_env_files(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        '# comment\nDB_PASSWORD=hunter2xy # why\nexport API_KEY="abc\'def123"\nDEBUG=true\nNAME=localhost\n'
        "DATABASE_URL=postgres://app:p%40ss9word@db/shop\nRANDOM='A1b2C3d4E5f6G7h8'\nMAX_TOKENS=4096\n"
    )
    (tmp_path / ".env.local").mkdir()
    environ = {
        "SSH_AUTH_SOCK": "/tmp/agent.1",
        "GOLDSEAM_LIMITS__TOKENS": "40000",
        "VAULT_TOKEN": "plainword",
        "SECRET_NAME": "whatever-it-is",
        "LANG": "C.UTF-8",
    }
    found = secret_values(tmp_path, environ)
    assert {"hunter2xy", "abc'def123", "p@ss9word", "p%40ss9word", "A1b2C3d4E5f6G7h8", "plainword"} <= found
    assert not found & {"true", "localhost", "4096", "40000", "/tmp/agent.1", "whatever-it-is", "C.UTF-8"}


@pytest.mark.parametrize(
    "text",
    ["password = os.environ['PW']", 'token = "${TOKEN}"', "secret: <your secret>", "api_key='********'",
     "tokens = tokenize(text)", "def authenticate(password: str, token: str = '') -> None:",
     "raise ValueError('the password is wrong')", "key = 'name'", "token_count=40000",
     "Sk8erBoi-notasecret", "https://example.com:8080/path@2", "sha256:9f86d081884c7d659a2feaa0c55ad015"],
)  # fmt: skip
def test_what_is_no_secret_stays(text: str) -> None:
    assert Redactor().redacted(text) == text


def test_a_secret_of_the_files_is_known_by_its_value() -> None:
    redactor = Redactor().knowing(['PASSWORD = "hunter2xy9"'])
    assert redactor.redacted("cannot log in with hunter2xy9 today") == f"cannot log in with {REDACTED} today"


def test_placeholders_are_unlike_anything_in_the_text() -> None:
    text = 'a = "REDACTED_SECRET_001"\npassword = "hunter2xy9"\n'
    masked = Redactor().masked(text)
    assert "hunter2xy9" not in masked.texts[0]
    assert 'a = "REDACTED_SECRET_001"' in masked.texts[0]
    assert masked.restored(masked.texts[0]) == text


@pytest.mark.parametrize(
    "text",
    ["a" * 10**6, "-----BEGIN PRIVATE KEY-----" * 40_000, "password=" * 100_000, "://a:b" * 150_000,
     "token: " * 100_000, "eyJ" + "a" * 10**6, "A." * 500_000, 'password="' + "x" * 10**6, "1" * 10**6,
     "bearer " * 100_000, "token='" * 100_000],
    ids=lambda text: text[:12],
)  # fmt: skip
@pytest.mark.timeout(30)
def test_a_hostile_text_of_a_megabyte_takes_seconds_at_most(text: str) -> None:
    assert len(Redactor().redacted(text)) <= len(text) + len(REDACTED)


def test_random_words_of_letters_are_no_secrets() -> None:
    rng = random.Random(5)
    words = ["".join(rng.choices(string.ascii_lowercase, k=rng.randrange(1, 30))) for _ in range(20_000)]
    assert Redactor().redacted(" ".join(words)) == " ".join(words)
