"""The embedded server: real llama.cpp processes, with a model of a few thousand weights but for one test."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import httpx2
import psutil
import pytest

from goldseam.core.errors import ModelMissing, ModelUnavailable
from goldseam.models.embedded import EmbeddedServer, Endpoint, ServerSettings
from goldseam.models.pace import Pace, threads_for
from goldseam.models.proof import prove
from goldseam.models.weights import known_model, locate, model_folder
from goldseam.sandbox.host import spawn_trusted


@contextmanager
def serving(path: Path, **changes) -> Iterator[EmbeddedServer]:
    settings = replace(ServerSettings(path, "tiny", 512, 1), **changes)
    with closing(EmbeddedServer(settings, spawn_trusted, os.environ)) as server:
        yield server


def ask(endpoint: Endpoint, text: str = "def f(", **more) -> str:
    question = {"messages": [{"role": "user", "content": text}], "max_tokens": 24, "temperature": 0.8, **more}
    answer = httpx2.post(
        f"{endpoint.base_url}/chat/completions",
        json=question,
        headers={"Authorization": f"Bearer {endpoint.api_key}"},
        timeout=120,
    )
    assert answer.status_code == 200, answer.text
    return answer.json()["choices"][0]["message"]["content"]


def gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def wait_for(condition: Callable[[], bool], what: str, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


def test_serves_answers_and_leaves_nothing(tiny_model):
    with serving(tiny_model) as server:
        endpoint = server.start()
        assert endpoint.model == "tiny"
        assert server.threads == 1
        assert server.start_seconds > 0
        assert ask(endpoint)
        pid, folder = server.pid, server._log.parent
        assert server.start() == endpoint
        assert server.pid == pid
    assert gone(pid)
    assert not folder.exists()
    server.close()


def test_only_the_key_opens_it_and_the_key_is_nowhere_to_be_read(tiny_model):
    with serving(tiny_model) as server:
        endpoint = server.start()
        url = f"{endpoint.base_url}/chat/completions"
        question = {"messages": [{"role": "user", "content": "hello"}], "max_tokens": 1}
        assert httpx2.post(url, json=question).status_code == 401
        assert httpx2.post(url, json=question, headers={"Authorization": "Bearer x"}).status_code == 401
        ask(endpoint)
        process = psutil.Process(server.pid)
        assert endpoint.api_key not in " ".join(process.cmdline())
        assert endpoint.api_key not in str(process.environ())
        assert endpoint.api_key not in server._log.read_text("utf-8", "replace")
        assert endpoint.api_key not in repr(endpoint)
        addresses = {c.laddr.ip for c in process.net_connections() if c.status == psutil.CONN_LISTEN}
        assert addresses == {"127.0.0.1"}


def test_two_servers_have_different_keys_and_ports(tiny_model):
    with serving(tiny_model) as one, serving(tiny_model) as two:
        first, second = one.start(), two.start()
        assert first.api_key != second.api_key
        assert first.base_url != second.base_url


def test_a_fixed_seed_repeats_the_answers_of_a_fresh_server(tiny_model):
    answers = []
    for threads in (1, 1, 2):
        with serving(tiny_model, threads=threads) as server:
            endpoint = server.start()
            answers.append([ask(endpoint, text, seed=5) for text in ("one", "two", "one")])
    assert answers[0] == answers[1] == answers[2]


def test_without_the_prompt_cache_a_fixed_seed_repeats_any_answer(tiny_model):
    with serving(tiny_model) as server:
        endpoint = server.start()
        first = ask(endpoint, "one", seed=5, cache_prompt=False)
        ask(endpoint, "one and another", seed=6)
        assert ask(endpoint, "one", seed=5, cache_prompt=False) == first
        assert ask(endpoint, "one", seed=7, cache_prompt=False) != first


def test_a_file_that_is_no_model_is_a_clear_error(tmp_path):
    (tmp_path / "bad.gguf").write_bytes(b"GGUF" + bytes(100))
    with serving(tmp_path / "bad.gguf") as server:
        with pytest.raises(ModelUnavailable, match=r"ended with status .* bad\.gguf; its last words: \S"):
            server.start()
        assert server.pid is None


def test_a_start_that_takes_too_long_is_given_up(tiny_model):
    with serving(tiny_model, start_seconds=0.0) as server:
        with pytest.raises(ModelUnavailable, match="was not ready after 0 s"):
            server.start()
        assert server.pid is None


def test_a_server_that_died_is_started_again(tiny_model):
    with serving(tiny_model) as server:
        endpoint = server.start()
        pid = server.pid
        os.kill(pid, signal.SIGKILL)
        wait_for(lambda: gone(pid), "it is dead")
        assert server.start() == endpoint
        assert ask(endpoint)


def test_it_starts_again_after_close(tiny_model):
    with serving(tiny_model) as server:
        server.start()
        server.close()
        assert ask(server.start())


PARENT = """
import os, sys, threading, time
from pathlib import Path
from goldseam.models.embedded import EmbeddedServer, ServerSettings
from goldseam.sandbox.host import spawn_trusted
server = EmbeddedServer(ServerSettings(Path(sys.argv[1]), "tiny", 512, 1), spawn_trusted, os.environ)
starter = threading.Thread(target=server.start)
starter.start()
starter.join()
holder = os.fork() if sys.argv[2] == "fork" else -1
if holder == 0:
    time.sleep(60)
    os._exit(0)
time.sleep(0.3)
print(server.pid, holder, server.start().base_url, flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("way", ["alone", "fork"])
def test_it_outlives_the_starting_thread_and_dies_with_its_parent(tiny_model, way):
    """Also when a forked child of the parent still holds the server's standard input open."""
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(tiny_model), way], stdout=subprocess.PIPE)
    pid, holder, url = parent.stdout.readline().split()
    assert httpx2.get(url.decode().removesuffix("/v1") + "/health").status_code == 200
    parent.kill()
    parent.wait()
    parent.stdout.close()
    try:
        wait_for(lambda: gone(int(pid)), "the server ends")
    finally:
        if way == "fork":
            os.kill(int(holder), signal.SIGKILL)


def test_it_dies_with_its_parent_while_it_loads(tiny_model):
    """Killed at moments from before the child runs to after it serves."""
    for delay in (0.02, 0.1, 0.2, 0.3, 0.4, 0.6):
        parent = subprocess.Popen(
            [sys.executable, "-c", PARENT, str(tiny_model), "alone"], stdout=subprocess.DEVNULL
        )
        process = psutil.Process(parent.pid)
        wait_for(lambda of=process: bool(of.children()), "the server is started")
        child = process.children()[0]
        time.sleep(delay)
        parent.kill()
        parent.wait()
        wait_for(lambda of=child: gone(of.pid), f"killed after {delay} s")


def test_a_slowed_server_is_restarted_with_fewer_threads(tiny_model):
    settings = ServerSettings(tiny_model, "tiny", 512)
    choices = iter([2, 2])
    with closing(EmbeddedServer(settings, spawn_trusted, os.environ, lambda: next(choices))) as server:
        endpoint = server.start()
        assert server.threads == 2
        ask(endpoint)
        assert server.adapt() is False
        server._pace.best *= 1000
        ask(endpoint)
        assert server.adapt() is True
        assert server.threads == 1
        assert server.start() == endpoint
        assert ask(endpoint)
        assert server.adapt() is False


@pytest.mark.parametrize(
    ("cores", "load", "threads"),
    [(2, 0.0, 2), (2, 0.4, 2), (2, 0.6, 1), (2, 5.0, 1), (1, 0.0, 1), (8, 0.2, 8), (8, 3.1, 5)],
)
def test_threads_are_the_cores_that_nobody_needs(cores, load, threads):
    assert threads_for(cores, load) == threads


def test_pace_compares_with_the_best_and_ignores_short_answers():
    pace = Pace()
    assert not pace.slowed(100, 4.0)
    assert not pace.slowed(150, 7.5)
    assert not pace.slowed(160, 90.0)
    assert pace.slowed(250, 107.5)


@pytest.mark.model
def test_the_real_model_repairs_a_function():
    weights = known_model()
    try:
        path = locate(weights, model_folder())
    except ModelMissing as missing:
        pytest.skip(str(missing))
    with serving(path, model=weights.name, context_tokens=8192, threads=None) as server:
        proof = prove(server.start())
    assert proof.repaired, proof.answer
    assert proof.generated_per_second > 0
