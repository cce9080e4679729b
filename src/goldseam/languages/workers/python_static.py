"""Boxed worker: asks `ruff server` and `ty server` about sources in a private folder, and runs none of them.

A line in: {"files": {path: text}, "open": [path], "members": [standard module], "modules": bool}. A line out:
{"findings": [{"tool", "rule", "path", "message", "start": [line, column], "end": [line, column], "options"}],
"members": {module: [name]}, "modules": [name]}; lines and columns from 0, columns in bytes of UTF-8.
`options` are the names that ty knows where it misses one.

The folder holds what the questions name and nothing else: no configuration of a project is ever read.
"""

import importlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

RUFF_RULES = ["F", "E9", "PLE", "B", "PLW0127", "PLW0128", "PLW0129", "PLW0131", "PLW0245", "PLW0711"]
RUFF_RULES += ["PLW2901", "RUF001", "RUF006", "PLC2401", "ASYNC", "DTZ005"]
RUFF_IGNORED = ["F401", "B011", "B904"]
TY_RULES = {"possibly-unresolved-reference": "warn", "division-by-zero": "warn"}
COMPLETED = frozenset({"missing-attribute", "unresolved-attribute", "missing-module-member"})
MAX_COMPLETIONS = 12
MAX_OPTIONS = 400
NOT_IMPORTED = frozenset({"antigravity", "this", "idlelib", "turtledemo", "test", "__main__"})

Json = dict[str, Any]


class Server:
    """A language server on pipes, spoken to one message at a time (JSON-RPC with LSP's framing)."""

    def __init__(self, argv: "list[str]", root: Path, options: Json) -> None:
        self._pipe = subprocess.Popen(
            argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=root
        )
        self._number = 0
        self._versions: dict[str, int] = {}
        uri = root.as_uri()
        capabilities = {
            "general": {"positionEncodings": ["utf-8"]},
            "textDocument": {"diagnostic": {}, "completion": {}},
            "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}},
        }
        self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": uri,
                "workspaceFolders": [{"uri": uri, "name": "sources"}],
                "capabilities": capabilities,
                "initializationOptions": options,
            },
        )
        self.tell("initialized", {})

    def tell(self, method: str, params: Json) -> None:
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: Json) -> Any:
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            message = self._read()
            if "method" not in message and message.get("id") == self._number:
                return message.get("result")
            if "method" in message and "id" in message:
                self._send({"id": message["id"], "result": self._reply(message)})

    def show(self, uri: str, text: str) -> None:
        """Open a document, or change it as a whole."""
        version = self._versions[uri] = self._versions.get(uri, 0) + 1
        if version == 1:
            document = {"uri": uri, "languageId": "python", "version": 1, "text": text}
            self.tell("textDocument/didOpen", {"textDocument": document})
        else:
            named = {"uri": uri, "version": version}
            self.tell("textDocument/didChange", {"textDocument": named, "contentChanges": [{"text": text}]})

    def hide(self, uri: str) -> None:
        if self._versions.pop(uri, None):
            self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})

    @staticmethod
    def _reply(message: Json) -> Any:
        if message["method"] == "workspace/configuration":
            return [None] * len(message["params"]["items"])
        return None

    def _send(self, message: Json) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._pipe.stdin is not None
        self._pipe.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._pipe.stdin.flush()

    def _read(self) -> Json:
        assert self._pipe.stdout is not None
        length = None
        while line := self._pipe.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if length is None:
            raise SystemExit("a language server ended")
        message: Json = json.loads(self._pipe.stdout.read(length))
        return message


class Folder:
    """The sources as both servers see them: files on disk, and those asked about open in the servers."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="sources-")).resolve()
        self._texts: dict[str, str] = {}
        self._open: set[str] = set()
        self.servers = dict(start_servers(self.root))

    def lay(self, files: "dict[str, str]", opened: "list[str]") -> None:
        """Make the folder hold exactly `files`."""
        changed = [path for path, text in files.items() if self._texts.get(path) != text]
        gone = [path for path in self._texts if path not in files]
        events = []
        for path in gone:
            target = self._place(path)
            events.append({"uri": target.as_uri(), "type": 3})
            target.unlink()
        for path in changed:
            target = self._place(path)
            events.append({"uri": target.as_uri(), "type": 2 if path in self._texts else 1})
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(files[path], encoding="utf-8", errors="replace", newline="")
        self._texts = dict(files)
        for server in self.servers.values():
            for path in sorted(self._open - set(opened)):
                server.hide(self.uri(path))
            if events:
                server.tell("workspace/didChangeWatchedFiles", {"changes": events})
            for path in opened:
                if path in changed or path not in self._open:
                    server.show(self.uri(path), files[path])
        self._open = set(opened)

    def uri(self, path: str) -> str:
        return self._place(path).as_uri()

    def _place(self, path: str) -> Path:
        """A file below the folder, whatever the path says."""
        parts = [part for part in path.split("/") if part not in ("", ".", "..")]
        return self.root.joinpath(*parts)

    def findings(self, path: str) -> Iterator[Json]:
        document = {"textDocument": {"uri": self.uri(path)}}
        for tool, server in self.servers.items():
            answer = server.ask("textDocument/diagnostic", document) or {}
            for said in answer.get("items", ()):
                if said.get("code"):
                    yield finding(tool, path, said)

    def complete(self, found: Json) -> "list[str]":
        """The names that could stand where `found` ends, as ty knows them: asked with the name left out."""
        server = self.servers.get("ty")
        lines = self._texts[found["path"]].encode().splitlines(keepends=True)
        number, end = found["end"]
        if server is None or number >= len(lines):
            return []
        head = lines[number][:end].decode("utf-8", "replace")
        start = len(head.rstrip("_0123456789" + letters_of(head)).encode())
        cut = lines[number][:start] + lines[number][end:]
        shown = b"".join([*lines[:number], cut, *lines[number + 1 :]]).decode("utf-8", "replace")
        uri = self.uri(found["path"])
        server.show(uri, shown)
        where = {"textDocument": {"uri": uri}, "position": {"line": number, "character": start}}
        answer = server.ask("textDocument/completion", where) or []
        server.show(uri, self._texts[found["path"]])
        items = answer.get("items", []) if isinstance(answer, dict) else answer
        return [item["label"] for item in items][:MAX_OPTIONS]


def letters_of(text: str) -> str:
    return "".join({character for character in text if character.isalpha()})


def finding(tool: str, path: str, said: Json) -> Json:
    """One diagnostic in the worker's own words."""
    start, end = said["range"]["start"], said["range"]["end"]
    return {
        "tool": tool,
        "rule": str(said["code"]),
        "path": path,
        "message": said["message"].partition("\n\n")[0].strip(),
        "start": [start["line"], start["character"]],
        "end": [end["line"], end["character"]],
        "options": [],
    }


def start_servers(root: Path) -> "Iterator[tuple[str, Server]]":
    """Those servers that are installed beside this interpreter."""
    lint = {"select": RUFF_RULES, "ignore": RUFF_IGNORED}
    settings = {"configurationPreference": "editorOnly", "lint": lint}
    if ruff := program("ruff"):
        yield "ruff", Server([ruff, "server"], root, {"settings": settings})
    environment = {"root": [str(root), str(root / "src")]}
    if python := shutil.which("python3"):
        environment["python"] = str(Path(python).parent.parent)  # type: ignore[assignment]
    configuration = {"rules": TY_RULES, "environment": environment}
    if ty := program("ty"):
        yield "ty", Server([ty, "server"], root, {"configuration": configuration})


def program(name: str) -> "str | None":
    """A program that was installed with this interpreter, else the one on the path."""
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.is_file() else shutil.which(name)


def members_of(module: str) -> "list[str]":
    """Public names of a module of the standard library."""
    top = module.partition(".")[0]
    if top not in sys.stdlib_module_names or top in NOT_IMPORTED:
        return []
    try:
        return dir(importlib.import_module(module))
    except ImportError:
        return []


def installed() -> "list[str]":
    """Modules that the project's interpreter can import, by the names of their files."""
    found = set(sys.stdlib_module_names)
    if python := shutil.which("python3"):
        for folder in Path(python).parent.parent.glob("lib/python3*/site-packages"):
            names = (entry.name for entry in os.scandir(folder))
            found |= {name.partition(".")[0] for name in names if "-" not in name}
    return sorted(name for name in found if name.isidentifier())


def answer(question: Json, folder: Folder) -> Json:
    """What both tools say of the files that are to be open."""
    if "files" not in question:
        findings = []
    else:
        folder.lay(question["files"], question["open"])
        findings = [found for path in question["open"] for found in folder.findings(path)]
    left = MAX_COMPLETIONS
    for found in findings:
        if left and found["rule"] in COMPLETED:
            found["options"] = folder.complete(found)
            left -= 1
    return {
        "findings": findings,
        "tools": sorted(folder.servers),
        "members": {name: members_of(name) for name in question.get("members", ())},
        "modules": installed() if question.get("modules") else [],
    }


def main() -> None:
    """Answer until the input ends."""
    folder = Folder()
    for line in sys.stdin.buffer:
        sys.stdout.write(json.dumps(answer(json.loads(line), folder)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
