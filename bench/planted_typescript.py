"""Programs and planters of single name and type faults in TypeScript; see `single_faults`.

The programs run as TypeScript transpiles each file when it is loaded, with source maps; TypeScript is that of
`goldseam tools pull`.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import planted_javascript
from single_faults import Program

from goldseam.languages.tools.fetching import located, tools_folder

HERE = Path(__file__).parent / "programs" / "typescript"
LOADER = """
const { readFileSync } = require('node:fs');
const ts = require('typescript');
const compilerOptions = { module: 'commonjs', target: 'es2022', inlineSourceMap: true };
process.setSourceMapsEnabled(true);
require.extensions['.ts'] = (module, fileName) => {
  const { outputText } = ts.transpileModule(readFileSync(fileName, 'utf8'), { compilerOptions, fileName });
  module._compile(outputText, fileName);
};
"""


def _programs() -> Iterator[Program]:
    for folder in sorted(HERE.iterdir()):
        files = {path.name: path.read_text("utf-8") for path in sorted(folder.iterdir())}
        yield Program(folder.name, files, "node --require typescript-loader main.ts")


PROGRAMS = list(_programs())
KINDS = planted_javascript.KINDS


def prepare(folder: Path) -> None:
    """What runs TypeScript, in the folder's `node_modules`."""
    packages = folder / "node_modules"
    (packages / "typescript-loader").mkdir(parents=True)
    (packages / "typescript-loader" / "index.js").write_text(LOADER)
    kept = located(tools_folder()) / "node_modules" / "typescript"
    for name in ("package.json", "lib/typescript.js"):
        (packages / "typescript" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(kept / name, packages / "typescript" / name)


def covered(program: Program, folder: Path) -> dict[str, frozenset[int]]:
    """All lines: a fault where nothing runs turns no run red."""
    return {
        path: frozenset(number for number, line in enumerate(text.splitlines(), 1) if line.strip())
        for path, text in program.files.items()
    }
