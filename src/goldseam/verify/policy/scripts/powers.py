"""Powers: what JavaScript, TypeScript and PHP can do to the machine and to other code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goldseam.verify.policy.scripts.outline import Call, Outline
from goldseam.verify.policy.scripts.parts import Part

_SCRIPT_HARD = {
    "starts processes": (
        r"(?:\S*\.)?(?:execSync|spawnSync|execFileSync|execFile|fork|spawn)|child_process(?:\.\w+)*|exec|cp\.\w+"
        r"|new Worker|Worker"
    ),
    "opens the network": (
        r"fetch|XMLHttpRequest|WebSocket|EventSource|navigator\.sendBeacon|axios(?:\.\w+)?"
        r"|(?:https?|net|dgram|tls|http2|dns)\.\w+|got(?:\.\w+)?|request(?:\.\w+)?"
    ),
    "deletes files": (
        r"(?:\S*\.)?(?:unlink|unlinkSync|rmSync|rmdir|rmdirSync|rimraf\w*|truncateSync)|fs\S*\.(?:rm|truncate)"
    ),
    "evaluates text as code": (
        r"eval|Function|vm\.\w+|\S*\.constructor\.constructor|\S*\.runIn\w+Context|(?:globalThis|window)\.eval"
    ),
    "ends the process at once": r"process\.(?:abort|kill|reallyExit|dlopen)",
    "hooks into the runtime": (
        r"process\.(?:binding|_\w+|setUncaughtExceptionCaptureCallback|emitWarning)|Module\.\w+|module\.constructor\S*"
        r"|require\.extensions\S*|v8\.\w+|async_hooks\.\w+|inspector\.\w+"
    ),
    "replaces code of others": (
        r"Object\.setPrototypeOf|Reflect\.(?:set|defineProperty|setPrototypeOf)|Proxy"
    ),
    "concerns the tests": r"(?:jest|vi|sinon|expect|describe|it|test|beforeEach|afterEach)(?:\.\w+)*",
}
_SCRIPT_SOFT = {
    "ends the program": r"process\.exit",
    "writes files": (
        r"(?:\S*\.)?(?:writeFile|writeFileSync|appendFile|appendFileSync|createWriteStream|copyFileSync)"
        r"|(?:\S*\.)?renameSync"
    ),
    "changes its environment": (
        r"process\.(?:chdir|umask|setuid|setgid)|(?:\S*\.)?(?:chmodSync|chownSync|symlinkSync)"
    ),
    "imports by name": r"import|createRequire",
    "decodes hidden data": r"atob|unescape|decodeURIComponent|String\.fromCharCode|String\.fromCodePoint",
    "waits or reads the keyboard": r"Atomics\.wait|prompt|alert|confirm",
}
_PHP_HARD = {
    "starts processes": r"exec|shell_exec|system|passthru|popen|proc_open|pcntl_\w+|shell_command_expression",
    "opens the network": (
        r"p?fsockopen|stream_socket_\w+|socket_\w+|curl_\w+|ftp_\w+|mail|SoapClient|get_headers|dns_\w+|gethostby\w+"
    ),
    "deletes files": r"unlink|rmdir|ftruncate",
    "evaluates text as code": r"eval|assert|create_function|mb_ereg_replace_callback",
    "loads native code": r"FFI::\w+|FFI->\w+|dl",
    "ends the process at once": r"posix_\w+",
    "hooks into the runtime": (
        r"set_error_handler|set_exception_handler|register_shutdown_function|error_reporting|ini_set|ini_alter"
        r"|spl_autoload_register|runkit\w*|uopz_\w+|override_function|assert_options|register_tick_function"
        r"|stream_wrapper_\w+|opcache_\w+|ob_start"
    ),
    "reads its callers": r"debug_backtrace|debug_print_backtrace|get_included_files",
    "concerns the tests": r"PHPUnit\S*|\$this->(?:mark\w+|assert\w+)|(?:TestCase|Assert)::\w+",
}
_PHP_SOFT = {
    "ends the program": r"exit_statement|exit|die",
    "includes another file": r"(?:include|require)(?:_once)?_expression",
    "writes files": (
        r"file_put_contents|fopen|fwrite|fputs|touch|copy|rename|mkdir|symlink|link|move_uploaded_file|tempnam"
        r"|tmpfile"
    ),
    "changes its environment": (
        r"putenv|chmod|chown|chgrp|chdir|umask|setlocale|date_default_timezone_set|set_time_limit"
    ),
    "changes names at run time": r"extract|parse_str|global_declaration|class_alias|define|Reflection\w+",
    "decodes hidden data": (
        r"base64_decode|gzinflate|gzuncompress|gzdecode|str_rot13|hex2bin|convert_uudecode|unserialize|pack|chr"
    ),
    "calls by name": r"call_user_func(?:_array)?|\$\w+|\?",
    "waits or reads the keyboard": r"sleep|usleep|time_nanosleep|readline|fgets",
}
_SENSITIVE = re.compile(
    r"(?:Object|Array|String|Number|Math|JSON|console|globalThis|global|window|process|Promise|Date|Function|RegExp"
    r"|Error|Symbol|Map|Set|Boolean|Reflect|assert|require|module\.constructor)"
    r"(?:\.prototype)?[.\[](?!env\b|exitCode\b|title\b).+|.*__proto__.*|.*\.prototype\.(?:toString|valueOf|then|equals?)"
    r"|require\.cache.*|\$GLOBALS.*"
)
_GLOBAL_OBJECTS = re.compile(
    r"(?:globalThis|global|window|self|process|require|module|Reflect|this\.constructor|\$GLOBALS)\b.*"
)
_MODULES = {
    "starts processes": re.compile(r"child_process|cluster|worker_threads|execa|shelljs|cross-spawn"),
    "opens the network": re.compile(
        r"https?|net|dgram|tls|dns|http2|axios|node-fetch|got|request|ws|undici|superagent"
    ),
    "evaluates text as code": re.compile(r"vm|vm2|module|inspector|v8|async_hooks|repl"),
    "concerns the tests": re.compile(
        r"jest\S*|vitest|mocha|sinon|chai|ava|tap|test|@jest/\S+|supertest|PHPUnit\S*"
    ),
    "deletes files": re.compile(r"rimraf|del"),
}
_TEST_WORDS = re.compile(
    r"JEST_WORKER_ID|VITEST\w*|MOCHA\w*|PHPUNIT\w*|phpunit|GOLDSEAM\w*|npm_lifecycle_event|\btest\b"
)
_PASSED_ON = re.compile(r"(?:fs|child_process|process)\.(?:unlinkSync|rmSync|execSync|spawnSync|exit|kill)")
_ENVIRONMENT = re.compile(
    r"(?:NODE_ENV|APP_ENV|process\.argv\S*|JEST_WORKER_ID|VITEST\w*|PHPUNIT\w*|GOLDSEAM\w*)"
)


@dataclass(frozen=True, slots=True)
class Power:
    """What a part does, by which name, where; `is_hard` where hardly any repair needs it."""

    what: str
    name: str
    line: int
    is_hard: bool


_TABLES = {
    is_php: [
        (what, re.compile(rf"(?:{shape})$"), is_hard)
        for table, is_hard in tables
        for what, shape in table.items()
    ]
    for is_php, tables in (
        (True, ((_PHP_HARD, True), (_PHP_SOFT, False))),
        (False, ((_SCRIPT_HARD, True), (_SCRIPT_SOFT, False))),
    )
}


def powers(outline: Outline) -> Iterator[Power]:
    """All powers that a text uses."""
    for call in outline.calls:
        yield from _named(call, outline.grammar == "php")
        if outline.grammar != "php":
            yield from _of_script(call)
    for part in (*outline.imports, *required(outline)):
        name = part.text.removeprefix("node:")
        what = next((what for what, shape in _MODULES.items() if shape.fullmatch(name)), None)
        if what is not None:
            yield Power(what, name, part.line, True)
    for part in outline.computed:
        if _GLOBAL_OBJECTS.fullmatch(part.text):
            yield Power("reaches into the runtime", part.text[:60], part.line, True)
    yield from _assigned(outline)
    yield from _mentioned(outline)


def _assigned(outline: Outline) -> Iterator[Power]:
    for part in outline.assigned:
        if _SENSITIVE.fullmatch(part.text):
            yield Power("replaces code of others", part.text[:60], part.line, True)
        elif part.text.startswith(("process.env", "$_ENV", "$_SERVER", "process.exitCode")):
            yield Power("changes its environment", part.text[:60], part.line, False)


def _named(call: Call, is_php: bool) -> Iterator[Power]:
    name = call.name if not is_php else call.name.rpartition("\\")[2]
    if is_php and name == "assert" and not _could_be_text(call):
        return
    for what, shape, is_hard in _TABLES[is_php]:
        if shape.match(name):
            yield Power(what, name, call.line, is_hard)
            return


def _could_be_text(call: Call) -> bool:
    """Whether PHP before 8 may have taken the argument for code."""
    return bool(call.arguments) and re.fullmatch(r"['\"].*|\$\w+", call.arguments[0]) is not None


def _of_script(call: Call) -> Iterator[Power]:
    first = call.arguments[0].strip("'\"`") if call.arguments else ""
    if call.name in ("process.on", "process.once", "process.addListener", "process.prependListener"):
        yield Power("hooks into the runtime", f"{call.name} {first}", call.line, True)
    elif call.name in ("Object.defineProperty", "Object.assign") and _SENSITIVE.fullmatch(f"{first}.x"):
        yield Power("replaces code of others", f"{call.name} {first}", call.line, True)
    elif call.name == "require" and call.arguments and call.arguments[0][:1] not in "'\"`":
        yield Power("imports by name", call.text[:60], call.line, False)
    elif call.name == "Buffer.from" and any("base64" in one or "hex" in one for one in call.arguments[1:]):
        yield Power("decodes hidden data", "Buffer.from", call.line, False)
    elif (
        call.name in ("setTimeout", "setInterval") and call.arguments[:1] and call.arguments[0][:1] in "'\"`"
    ):
        yield Power("evaluates text as code", call.name, call.line, True)


def required(outline: Outline) -> Iterator[Part]:
    """Modules that `require` and `import()` name."""
    for call in outline.calls:
        if call.name in ("require", "import") and call.arguments and call.arguments[0][:1] in "'\"`":
            yield Part(call.arguments[0].strip("'\"`"), call.line)


def _mentioned(outline: Outline) -> Iterator[Power]:
    for part in outline.literals:
        text = part.text.strip("'\"`")
        if len(text) < 60 and _TEST_WORDS.fullmatch(text):
            yield Power("concerns the tests", text, part.line, True)
    for part in outline.mentions:
        last = part.text.rpartition(".")[2]
        if _ENVIRONMENT.fullmatch(last) or part.text.startswith("process.argv"):
            yield Power("asks where it runs", part.text[:60], part.line, last not in ("NODE_ENV", "argv"))
        elif re.fullmatch(
            r"(?:fs|child_process|process)\.(?:unlinkSync|rmSync|execSync|spawnSync|exit|kill)", part.text
        ):
            yield Power("passes a power on", part.text, part.line, False)
