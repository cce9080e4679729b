"""Composition root: configuration in, collaborators out. The only file that names implementations."""

import os
import platform
import secrets
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from goldseam import __version__
from goldseam.config import Config, Limits, ModelEntry
from goldseam.config.secrets import secret_values
from goldseam.core.incident import Incident
from goldseam.core.language import CHECK, Language, Program
from goldseam.core.ports import Fixer, Model, Question, Sandbox, SyntaxChecker, Tools, Worker
from goldseam.core.redaction import Redactor
from goldseam.core.source import sha256
from goldseam.detect.failing_command import Protection
from goldseam.land.git import BranchLanding
from goldseam.land.landing import FileLanding
from goldseam.land.policy import DATA, is_protected
from goldseam.languages.programs import WorkerTools
from goldseam.languages.syntax import WorkerSyntaxChecker
from goldseam.languages.tools.fetching import located, tools_folder
from goldseam.learn.account import Setting
from goldseam.models.deferred import DeferredModel
from goldseam.models.selection import Named, chain_from
from goldseam.models.weights import DEFAULT_MODEL, known_model, locate, model_at, model_folder
from goldseam.pipeline import Workshop
from goldseam.plugins import Plugins
from goldseam.sandbox import host
from goldseam.sandbox.boxes import Boxes, Probe
from goldseam.sandbox.choose import choose
from goldseam.sandbox.limits import MIB
from goldseam.sandbox.limits import Limits as BoxLimits
from goldseam.store.database import store_file
from goldseam.store.journal import SqliteJournal
from goldseam.store.records import Records, open_store
from goldseam.store.scans import SqliteSeen, scans_file
from goldseam.verify.ahead import Ahead, is_worth_it
from goldseam.verify.checks.behaviour_lock import BehaviourLock
from goldseam.verify.observer import Observer
from goldseam.verify.oracle import CommandOracle, Repeats
from goldseam.verify.policy.judging import rule_on
from goldseam.verify.policy.project import project_at
from goldseam.verify.seal import Seal
from goldseam.verify.shrink import shrink

if TYPE_CHECKING:
    from goldseam.models.embedded import EmbeddedServer

SEED = 20_26
GIT_SECONDS = 60.0
WORKERS = Path(__file__).parent / "languages" / "workers"


@dataclass(frozen=True, slots=True)
class Choice:
    """What one command line asks for beyond the configuration.

    `chain` is the text of `--model`, `rungs` the allowed rungs (None: all). `on_prompt` is told every prompt
    as it is sent; `seed` makes the embedded model repeat itself.
    """

    chain: str | None = None
    rungs: tuple[str, ...] | None = None
    remembers: bool = True
    seed: int = SEED
    on_prompt: Callable[[Question], None] | None = None


@dataclass(frozen=True, slots=True)
class Assembly:
    """A workshop and what its front ends need beside it."""

    root: Path
    config: Config
    languages: tuple[Language, ...]
    workshop: Workshop
    checker: SyntaxChecker
    tools: Tools
    sandbox: Sandbox
    redactor: Redactor


@contextmanager
def assemble(root: Path, config: Config, choice: Choice, plugins: Plugins) -> Iterator[Assembly]:
    """Everything for repairs below `root`; ends all that it started."""
    languages = plugins.languages()
    redactor = open_redactor(root)
    with ExitStack() as stack:
        sandbox = open_sandbox(root, config)
        stack.callback(sandbox.close)
        tools = _tools(sandbox, languages)
        stack.callback(tools.close)
        checker = WorkerSyntaxChecker(languages, tools, root)
        ahead = _ahead(stack) if is_worth_it(sandbox.are_apart) else Ahead()
        model = _model(chain_from(config, choice.chain), choice.on_prompt, redactor)
        stack.callback(model.close)
        records = stack.enter_context(open_records(root)) if choice.remembers else None
        workshop = Workshop(
            analyzers=plugins.analyzers(tools, languages),
            fixers=_fixers(plugins, model, languages, choice),
            oracle_for=partial(
                _oracle,
                sandbox=sandbox,
                checker=checker,
                languages=languages,
                root=root,
                config=config,
                ahead=ahead,
            ),
            landing=open_landing(root, config),
            shrink=shrink,
            new_id=_new_id,
            setting=Setting(str(root), sandbox.level, partial(_versions, model), redactor.redacted),
            model=model,
            memory=records,
        )
        yield Assembly(root, config, languages, workshop, checker, tools, sandbox, redactor)


@contextmanager
def open_checker(
    config: Config, languages: tuple[Language, ...], root: Path | None = None
) -> Iterator[SyntaxChecker]:
    """A syntax checker alone, for `scan`; no sandbox is opened before its first question."""
    with ExitStack() as stack:

        @cache
        def sandbox() -> Boxes:
            return stack.enter_context(closing(open_sandbox(None, config)))

        tools = WorkerTools(languages, lambda program: _worker(sandbox(), program))
        stack.callback(tools.close)
        yield WorkerSyntaxChecker(languages, tools, root)


def open_seen(root: Path, languages: tuple[Language, ...]) -> SqliteSeen:
    """What the last scan of the project at `root` found by the same checkers."""
    return SqliteSeen(scans_file(user_cache_path("goldseam"), root), _checkers(languages))


def _checkers(languages: tuple[Language, ...]) -> str:
    """Changes whenever a checker could judge otherwise than before."""
    told = [__version__]
    for language in languages:
        program = language.programs[CHECK]
        interpreter = shutil.which(program.argv[0])
        told.append(f"{language.name} {sha256((WORKERS / program.file).read_bytes())}")
        if interpreter is not None:
            resolved = Path(interpreter).resolve()
            told.append(f"{resolved} {resolved.stat().st_mtime_ns}")
    return "; ".join(told)


def open_sandbox(root: Path | None, config: Config) -> Boxes:
    """The sandbox for commands of the project at `root`; raises `SandboxError` if none works here."""
    return probed_sandbox(root, config)[0]


def probed_sandbox(root: Path | None, config: Config) -> tuple[Boxes, Probe]:
    """The same, with what its probe told of what is weaker than it could be."""
    asked = config.sandbox
    return choose(
        root,
        _box_limits(config.limits),
        level=asked.level,
        uid=asked.uid,
        extra_read_only=(*asked.extra_read_only, tools_folder()),
        allow=asked.allow,
    )


def open_landing(root: Path, config: Config) -> FileLanding:
    """The way to the owner's files below `root`."""
    return FileLanding(root, SqliteJournal, protected=protection(config))


def open_branches(root: Path) -> BranchLanding:
    """Commits repairs to git branches instead of the owner's files."""
    return BranchLanding(root, _run_git)


def _run_git(arguments: Sequence[str], *, folder: Path, environment: Mapping[str, str]) -> tuple[int, bytes]:
    passed = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    ended = host.run_trusted(
        ["git", *arguments], environment={**passed, **environment}, seconds=GIT_SECONDS, folder=folder
    )
    return (1 if ended.status is None else ended.status), ended.output


def open_records(root: Path) -> Records:
    """The record of repairs below `root`."""
    return open_store(store_file(root))


def open_redactor(root: Path) -> Redactor:
    """Hides secrets, those of the environment and of the project's `.env` files by their values."""
    return Redactor(secret_values(root, os.environ))


def protection(config: Config) -> Protection:
    """Why a path is never edited: the built-in list and the owner's additions."""
    extra = (*config.protect.globs, *config.jobs.protected)
    return lambda path: is_protected(path, extra)


def _box_limits(limits: Limits) -> BoxLimits:
    return BoxLimits(
        memory_bytes=limits.memory_mb * MIB,
        processes=limits.processes,
        disk_bytes=limits.disk_mb * MIB,
        output_bytes=limits.output_mb * MIB,
    )


def _ahead(stack: ExitStack) -> Ahead:
    """One thread for boxes beside those that somebody waits for."""
    beside = ThreadPoolExecutor(1, "goldseam-ahead")
    stack.callback(beside.shutdown, wait=False, cancel_futures=True)
    return Ahead(beside)


def _tools(sandbox: Sandbox, languages: tuple[Language, ...]) -> WorkerTools:
    return WorkerTools(languages, partial(_worker, sandbox))


def _worker(sandbox: Sandbox, program: Program) -> Worker:
    tools = located(tools_folder()) if any("{tools}" in word for word in program.argv) else ""
    argv = [word.format(python=sys.executable, tools=tools) for word in program.argv]
    return sandbox.worker(argv, WORKERS / program.file)


def _oracle(
    incident: Incident,
    *,
    sandbox: Sandbox,
    checker: SyntaxChecker,
    languages: tuple[Language, ...],
    root: Path,
    config: Config,
    ahead: Ahead,
) -> CommandOracle:
    observer = Observer(
        incident.oracle,
        sandbox,
        checker,
        languages,
        PurePosixPath(root),
        config.limits.command_seconds,
        programs=WORKERS,
    )
    sealed = (
        Seal.over(root, protection(config), data=DATA) if incident.oracle.commands else Seal.nothing(root)
    )
    repeats = Repeats(config.oracle.runs, config.oracle.runs_when_flaky)
    policy = partial(rule_on, project=project_at(root))
    lock = BehaviourLock(sandbox, incident.oracle.test, WORKERS, config.limits.command_seconds)
    return CommandOracle(incident, observer, sealed, repeats, policy, lock, ahead)


def _fixers(
    plugins: Plugins, model: Model, languages: tuple[Language, ...], choice: Choice
) -> tuple[Fixer, ...]:
    every = plugins.fixers(model, languages, choice.seed)
    return tuple(fixer for fixer in every if choice.rungs is None or fixer.rung in choice.rungs)


def _model(
    named: tuple[Named, ...], on_prompt: Callable[[Question], None] | None, redactor: Redactor
) -> Model:
    """The chain of models, built at the first question."""

    def build() -> Model:
        from goldseam.models.chain import Outgoing, build_model

        return build_model(named, _embedded, outgoing=Outgoing(redactor, on_prompt))

    return DeferredModel(", ".join(entry.name for entry in named), build)


def _embedded(entry: ModelEntry) -> "EmbeddedServer":
    """The server of an entry's model file; raises `ModelMissing` if it was not pulled yet."""
    from goldseam.models.embedded import EmbeddedServer, ServerSettings

    if entry.path is not None:
        path = model_at(entry.path)
    else:
        path = locate(known_model(entry.model or DEFAULT_MODEL), model_folder())
    settings = ServerSettings(path, entry.model or DEFAULT_MODEL, entry.context_tokens, entry.threads)
    return EmbeddedServer(settings, host.spawn_trusted, os.environ)


def _new_id() -> str:
    return secrets.token_hex(6)


def _versions(model: Model) -> dict[str, str]:
    return {"goldseam": __version__, "python": platform.python_version(), "model": model.name}
