"""A long-lived boxed program that answers JSON lines."""

import json
import os
import selectors
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from typing import Any

from goldseam.core.errors import SandboxError
from goldseam.sandbox.box import Order, Stream, order, parse
from goldseam.sandbox.launch import Launcher
from goldseam.sandbox.limits import Limits

MAX_ANSWER = 64 << 20


class BoxedWorker:
    """Implements `core.ports.Worker`; `make_order` gives a fresh order for each start."""

    def __init__(self, launcher: Launcher, make_order: Callable[[], Order], limits: Limits) -> None:
        self._launcher, self._make_order, self._limits = launcher, make_order, limits
        self._lock = threading.Lock()
        self._program: _Program | None = None

    def ask(self, question: Mapping[str, Any], *, seconds: float) -> Mapping[str, Any]:
        with self._lock:
            if self._program is None:
                self._program = _Program(self._launcher, self._make_order(), self._limits)
            answered = False
            try:
                answer = self._program.ask(json.dumps(question).encode() + b"\n", seconds)
                answered = True
            finally:
                if not answered:
                    self._discard()
        return answer

    def close(self) -> None:
        with self._lock:
            self._discard()

    def _discard(self) -> None:
        if self._program is not None:
            self._program.end()
            self._program = None


class _Program:
    def __init__(self, launcher: Launcher, what: Order, limits: Limits) -> None:
        self._stderr = Stream(limits.output_bytes)
        self._rest = bytearray()
        with ExitStack() as stack, ExitStack() as theirs:
            theirs_in, self._questions = _pipe(stack, theirs, ours_writes=True)
            self._answers, theirs_out = _pipe(stack, theirs, ours_writes=False)
            self._errors, theirs_err = _pipe(stack, theirs, ours_writes=False)
            os.set_blocking(self._questions, False)
            self._line = stack.enter_context(launcher.line([theirs_in, theirs_out, theirs_err]))
            with suppress(OSError):  # A keeper that gave up says why in its answer.
                order(self._line, what, limits)
            self._open = stack.pop_all()

    def ask(self, question: bytes, seconds: float) -> Mapping[str, Any]:
        line = self._exchange(question, time.monotonic() + seconds, seconds)
        try:
            answer = json.loads(line)
        except ValueError as error:
            raise SandboxError(f"the worker answered no JSON: {line[:200]!r}") from error
        if not isinstance(answer, dict):
            raise SandboxError(f"the worker answered no JSON object: {line[:200]!r}")
        return answer

    def _exchange(self, question: bytes, deadline: float, seconds: float) -> bytes:
        """Write the question and read the answer together, so that neither pipe can fill up."""
        left = memoryview(question)
        with selectors.DefaultSelector() as selector:
            selector.register(self._questions, selectors.EVENT_WRITE)
            selector.register(self._answers, selectors.EVENT_READ)
            selector.register(self._errors, selectors.EVENT_READ)
            while b"\n" not in self._rest:
                events = selector.select(max(0.0, deadline - time.monotonic()))
                if not events:
                    raise SandboxError(f"the worker gave no answer within {seconds:g} s")
                for key, _ in events:
                    if key.fd == self._questions:
                        left = self._write(left)
                        if not left:
                            selector.unregister(self._questions)
                    elif not self._read(key.fd):
                        selector.unregister(key.fd)
                        if key.fd == self._answers:
                            raise self._death()
        line, _, self._rest = self._rest.partition(b"\n")
        return bytes(line)

    def _write(self, left: memoryview) -> memoryview:
        try:
            return left[os.write(self._questions, left) :]
        except BrokenPipeError:
            raise self._death() from None

    def _read(self, source: int) -> bool:
        data = os.read(source, 1 << 18)
        if source == self._errors:
            self._stderr.add(data)
        else:
            self._rest += data
            if len(self._rest) > MAX_ANSWER:
                raise SandboxError(f"the worker's answer is longer than {MAX_ANSWER} bytes")
        return bool(data)

    def _death(self) -> SandboxError:
        """Why the program is gone, as told by its keeper."""
        self._line.settimeout(10)
        answer = bytearray()
        try:
            while data := self._line.recv(1 << 16):
                answer += data
            while data := os.read(self._errors, 1 << 16):
                self._stderr.add(data)
            end = parse(bytes(answer), self._stderr)
        except SandboxError as error:
            return error
        except OSError as error:
            return SandboxError(f"the worker died: {error}")
        last = self._stderr.data().decode(errors="replace").strip().splitlines()[-1:]
        return SandboxError(f"the worker died ({end.ended}, exit code {end.exit_code}): {''.join(last)}")

    def end(self) -> None:
        """End the box and wait until nothing of it is left."""
        self._open.close()


def _pipe(ours: ExitStack, theirs: ExitStack, *, ours_writes: bool) -> tuple[int, int]:
    reader, writer = os.pipe()
    (theirs if ours_writes else ours).callback(os.close, reader)
    (ours if ours_writes else theirs).callback(os.close, writer)
    return reader, writer
