"""Which paths are never edited, whatever the scope: tests, what configures runner and build, data, secrets.

A source module is source whatever its name (`settings.py`, `contest.py`, `testing_tools.py`); what protects a
path is a folder or a name that tools themselves read a meaning into.
"""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

SOURCE_SUFFIXES = frozenset(
    (".py", ".pyw", ".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx", ".php", ".phtml")
)
"""What goldseam repairs; every other file is data or an expected result."""

DATA = "data, or an expected result"

_FOLDERS = {
    "goldseam's own state": (".goldseam",),
    "version control's own state": (".git", ".hg", ".svn"),
    "a test or its helper": (
        *("test", "tests", "__tests__", "__mocks__", "__snapshots__", "__fixtures__", "testdata", "fixtures"),
        *("spec", "specs", "e2e", "cypress"),
    ),
    "configures continuous integration": (".github", ".gitlab", ".circleci", ".buildkite", ".ci"),
    "configures tools": (".husky", ".vscode", ".idea", ".storybook", ".yarn"),
    "installed code, not the project's": (
        *(".venv", "venv", ".virtualenv", "virtualenv", "site-packages", "dist-packages", ".tox", ".nox"),
        *("node_modules", "bower_components", "jspm_packages", "vendor", "_vendor", "__pycache__", ".eggs"),
    ),
}
_FOLDER_REASONS = {name: reason for reason, names in _FOLDERS.items() for name in names}

_SECRET = re.compile(
    r"\.env(\..+)?|.+\.env|.+\.(pem|key|p12|pfx|jks|keystore|kdbx|asc|gpg)|id_(rsa|dsa|ecdsa|ed25519)(\..+)?"
    r"|\.(netrc|pgpass|htpasswd|npmrc|pypirc)|credentials(\..+)?|secrets?\.(json|ya?ml|toml|ini)"
)
_LOCK = re.compile(
    r".+\.lock|.+\.lockb|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|go\.sum"
    r"|(.+[-_.])?(requirements|constraints)([-_.].+)?\.(txt|in)"
)
_CONFIGURATION = re.compile(
    r"\.?pytest\.(ini|toml)|tox\.ini|setup\.(cfg|py)|pyproject\.toml|noxfile\.py|hatch_build\.py"
    r"|(site|user)customize\.py|(gnu)?makefile|.+\.mk|dockerfile(\..+)?|\.coveragerc"
    r"|package\.json|composer\.json|deno\.jsonc?|tsconfig(\..+)?\.json|jsconfig\.json|phpunit(\..+)?\.xml(\.dist)?"
    r"|(gulp|grunt|jake)file(\.babel)?\.[cm]?[jt]s|\.[\w-]+rc(\.[cm]?[jt]s)?|\.pnp\.c?js|\.pnp\.loader\.mjs"
    r"|\.php-cs-fixer(\.dist)?\.php|\.php_cs(\.dist)?|(rector|ecs)\.php"
    r"|(karma|protractor|wdio|nightwatch)\.conf\.[cm]?[jt]s"
    r"|\.gitlab-ci\.ya?ml|\.travis\.ya?ml|azure-pipelines\.ya?ml|jenkinsfile|bitbucket-pipelines\.ya?ml"
)
_TOOLS = (
    "jest|vitest|babel|webpack|rollup|rolldown|vite|esbuild|tsup|tsdown|eslint|prettier|postcss|tailwind|next|nuxt|"
    "svelte|astro|playwright|cypress|karma|mocha|ava|metro|commitlint|stylelint|lint-staged|release|ecosystem|"
    "nightwatch|wdio|swc|turbo|windi|unocss|uno|snowpack|craco|remix"
)
_TOOL_CONFIGURATION = re.compile(rf"({_TOOLS})(\.[\w-]+)*\.(config|setup|workspace)(\.[\w-]+)*\.[cm]?[jt]s")
_TEST = re.compile(
    r"conftest\.py|tests?\.[^.]+|tests?[-_].+|.+[-_.]tests?\.[^.]+|.+\.(spec|e2e|cy|bench|stories)\.[cm]?[jt]sx?"
    r"|.+[-_]spec\.[cm]?[jt]sx?|setup-?tests\.[cm]?[jt]s"
)
_CAMEL_TEST = re.compile(r"(.*[a-z0-9_])?Test(s|Case)?\.(?i:php|phtml|[cm]?[jt]sx?|py)")
_NAMES = (
    (re.compile(r"goldseam\.toml"), "goldseam's own configuration"),
    (_SECRET, "may hold secrets"),
    (_LOCK, "pins dependencies"),
    (_CONFIGURATION, "configures the runner or the build"),
    (_TOOL_CONFIGURATION, "configures the runner or the build"),
    (_TEST, "a test or its helper"),
)


def is_protected(path: str, extra: Sequence[str] = ()) -> str | None:
    """Why a project-relative path is never edited, or None if it may be.

    `extra` are patterns of the project's own configuration: `*` stays inside a folder, `**` does not, and
    a folder protects all that is below it.
    """
    pure = PurePosixPath(path)
    name = pure.name.casefold()
    return (
        _folder_reason(pure)
        or next((reason for pattern, reason in _NAMES if pattern.fullmatch(name)), None)
        or ("a test or its helper" if _CAMEL_TEST.fullmatch(pure.name) else None)
        or (None if pure.suffix.casefold() in SOURCE_SUFFIXES else DATA)
        or next((f"protected as {p!r} by the configuration" for p in extra if _matches(p, path)), None)
    )


def _folder_reason(path: PurePosixPath) -> str | None:
    if ".git" in path.parts or ".goldseam" in path.parts:
        return _FOLDER_REASONS[".git" if ".git" in path.parts else ".goldseam"]
    folders = (part.casefold() for part in path.parts[:-1])
    return next((_FOLDER_REASONS[folder] for folder in folders if folder in _FOLDER_REASONS), None)


def _matches(pattern: str, path: str) -> bool:
    translated = "".join(_translated(piece) for piece in re.split(r"(\*\*/|\*\*|\*|\?)", pattern.strip("/")))
    return re.fullmatch(translated + "(/.*)?", path, re.IGNORECASE) is not None


def _translated(piece: str) -> str:
    return {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(piece) or re.escape(piece)
