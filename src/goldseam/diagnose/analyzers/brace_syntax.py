"""All syntax faults of JavaScript, TypeScript and PHP files that do not parse."""

from collections.abc import Iterator
from dataclasses import dataclass

from goldseam.core.case import Case
from goldseam.core.example import Diagnosed
from goldseam.core.fault import Fault
from goldseam.core.language import Language, language_of
from goldseam.core.ports import Analyzer, Tools
from goldseam.diagnose.syntax.brace_dialect import FAMILIES
from goldseam.diagnose.syntax.brace_finder import faults_of
from goldseam.plugins import hookimpl

SECONDS = 1.5
"""The most that a file may take; then what was found so far is told, and what the checker still says."""


@dataclass(frozen=True, slots=True)
class BraceSyntaxFaults:
    """The root faults of each file, with the checker of its language as judge."""

    tools: Tools
    languages: tuple[Language, ...]

    def __call__(self, case: Case) -> Iterator[Fault]:
        for problem in case.verdict.observation.syntax:
            language = language_of(problem.path, self.languages)
            if language is not None and language.name in FAMILIES:
                data = case.current.files[problem.path]
                yield from faults_of(problem, data, language.name, self.tools, SECONDS)


@hookimpl
def goldseam_analyzers(tools: Tools, languages: tuple[Language, ...]) -> tuple[Analyzer, ...]:
    return (BraceSyntaxFaults(tools, languages),)


_LOOP = "for (let i = 0; i < 3; i++ {\n  console.log(i);\n}\n"
_TWO = (
    "const sizes = [1 2, 3];\nfunction total(list) {\n  return list.length;\n\nconsole.log(total(sizes));\n"
)
_MERGE = (
    "const a = 1;\n<<<<<<< HEAD\nconst b = 2;\n=======\nconst b = 3;\n>>>>>>> other\nconsole.log(a + b);\n"
)
_PHP = "<?php\n$names = ['a', 'b'];\n"

EXAMPLES = (
    Diagnosed(_LOOP, ("SYN.UNCLOSED_BRACKET",), (1,), name="program.js"),
    Diagnosed(_TWO, ("SYN.MISSING_COMMA", "SYN.UNCLOSED_BRACKET"), (1, 4), name="program.js"),
    Diagnosed("const a = [1, 2];\nconsole.log(a]);\n", ("SYN.UNMATCHED_BRACKET",), (2,), name="program.js"),
    Diagnosed(
        "const name = 'goldseam;\nconsole.log(name);\n", ("SYN.UNTERMINATED_STRING",), (1,), name="program.js"
    ),
    Diagnosed("console.log(hello');\n", ("SYN.UNOPENED_STRING",), (1,), name="program.js"),
    Diagnosed("fucntion f() {\n  return 1;\n}\nf();\n", ("SYN.MISSPELT_KEYWORD",), (1,), name="program.js"),
    Diagnosed("if (1 > 2) {\n} elif (2 > 1) {\n}\n", ("SYN.FOREIGN_SYNTAX",), (2,), name="program.js"),
    Diagnosed("const a = { size= 3 };\n", ("SYN.MISSING_COLON",), (1,), name="program.js"),
    Diagnosed("console.log(“hello”);\n", ("SYN.LOOKALIKE_CHARACTER",), (1,), name="program.js"),
    Diagnosed(_MERGE, ("SYN.MERGE_CONFLICT",), (2,), name="program.js"),
    Diagnosed("```js\nconst a = 1;\n", ("SYN.PASTED_TEXT",), (1,), name="program.js"),
    Diagnosed(
        "const sum = (a: number, b: number) = > a + b;\n", ("SYN.EXTRA_SYMBOL",), (1,), name="program.ts"
    ),
    Diagnosed(
        "function area(width: number {\n  return width;\n}\n",
        ("SYN.UNCLOSED_BRACKET",),
        (1,),
        name="program.ts",
    ),
    Diagnosed(_PHP + "echo count($names)\n;echo 1\n?>\n", name="program.php"),
    Diagnosed(_PHP + "$n = count($names)\necho $n;\n", ("SYN.MISSING_SEPARATOR",), (3,), name="program.php"),
    Diagnosed(
        _PHP + 'foreach ($names as $n) {\n    echo n . "\\n";\n',
        ("SYN.UNCLOSED_BRACKET",),
        (5,),
        name="program.php",
    ),
    Diagnosed(
        _PHP + "foreach ($names as n) {\n    echo $n;\n}\n", ("SYN.FOREIGN_SYNTAX",), (3,), name="program.php"
    ),
    Diagnosed("console.log('unmatched ) and `');\n", name="program.js"),
    Diagnosed("undefinedName();\n", name="program.js"),
    Diagnosed("<?php\n$size = 1;\necho $sise;\n", name="program.php"),
)
