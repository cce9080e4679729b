"""Child program: one llama.cpp server on loopback. Reads one JSON line, serves until its input ends.

It imports nothing of goldseam. What it needs comes by standard input, the key above all: a command line
and an environment can be read by others. Once ready it prints `READY` and its address.

It must not outlive its parent. While the model loads, the parent's death is a SIGKILL (arranged by
whoever started it). Later it is the end of standard input; and because a forked sibling may hold that
open, also a SIGHUP that Linux sends when the parent's starting thread ends, heeded only if the process
is gone.
"""

import ctypes
import json
import os
import signal
import sys
from importlib import import_module
from typing import Any

READY = "goldseam-server-ready"

_SET_PARENT_DEATH_SIGNAL = 1


def serve(settings: dict[str, Any]) -> None:
    """Load the model, say the address, and stay until the parent is gone."""
    parent = os.getppid()
    server = _server(settings)
    if sys.platform == "linux":
        signal.signal(signal.SIGHUP, lambda number, frame: _leave_if_orphaned(parent))
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGHUP, 0, 0, 0)
    sys.stdout.write(f"{READY} {server.listening_address}\n")
    sys.stdout.flush()
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(0)


def _leave_if_orphaned(parent: int) -> None:
    if os.getppid() != parent:
        os._exit(0)


def _server(settings: dict[str, Any]) -> Any:
    xllamacpp = import_module("xllamacpp")
    params = xllamacpp.CommonParams()
    params.model.path = settings["path"]
    params.model_alias = {settings["model"]}
    params.port = settings["port"]
    params.hostnames = ["127.0.0.1"]
    params.api_keys = [settings["api_key"]]
    params.n_ctx = settings["context_tokens"]
    params.n_parallel = 1
    params.n_gpu_layers = 0
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = settings["threads"]
    params.cache_prompt = True
    params.cache_ram_mib = settings["prompt_cache_mb"]
    params.endpoint_metrics = True
    params.ui = False
    return xllamacpp.Server(params)


if __name__ == "__main__":
    serve(json.loads(sys.stdin.buffer.readline()))
