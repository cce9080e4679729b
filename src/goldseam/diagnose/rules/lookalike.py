"""Names that nothing defines and that look, or read, like one that the project does define."""

import ast
import builtins
import unicodedata
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.core.source import Edit
from goldseam.diagnose.rule import Rule, hit, miss
from goldseam.languages.python_view import Module, Project

_FOLD = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "5": "s", "8": "b", "2": "z", "6": "g"})
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_GREEK_AND_CYRILLIC = dict(zip("аеорсухіјѕһԁԛԝοανικρυ", "aeopcyxijshdqwoavikpu", strict=True))
_SHORTEST = 5
_GIVEN = frozenset(dir(builtins)) | frozenset(
    [
        "__file__",
        "__name__",
        "__doc__",
        "__path__",
        "__spec__",
        "__loader__",
        "__package__",
        "__class__",
        "__annotations__",
        "__builtins__",
        "__debug__",
        "__cached__",
        "__qualname__",
        "__module__",
        "__dict__",
        "WindowsError",
        "reveal_type",
        "unicode",
        "basestring",
        "long",
        "xrange",
        "raw_input",
        "reduce",
        "unichr",
    ]
)
_OPEN = frozenset({"globals", "exec", "locals", "vars", "__getattr__"})


def find(project: Project) -> Iterator[Fault]:
    """Undefined names and imports, with the defined name that was meant."""
    classes = {defined.name for defined in project.classes}
    for module in project:
        if _is_open(module):
            continue
        defined = _defined(module)
        for node in module.every(ast.Name):
            if not isinstance(node.ctx, ast.Load) or node.id in defined or node.id in _GIVEN:
                continue
            if meant := _meant(node.id, defined | classes):
                yield _fault(module, node, node.id, meant)
        yield from _wrong_imports(module, project)


def _fault(module: Module, node: ast.AST, name: str, meant: str) -> Fault:
    looks = shape(name) == shape(meant)
    code = Code.NAM_LOOKALIKE if looks else Code.NAM_MISSPELT
    how = "looks like" if looks else "is nearly"
    span = module.span(node)
    exact = module.data[span.start : span.end] == name.encode()
    return module.fault(
        node,
        code,
        f"'{name}' is not defined anywhere; it {how} '{meant}'",
        f"write '{meant}'",
        suspiciousness=0.9,
        expected=meant,
        fix=(Edit(span, meant.encode()),) if exact else (),
    )


def shape(name: str) -> str:
    """What a name looks like: letters, digits and signs that are taken for each other fall together."""
    plain = "".join(_GREEK_AND_CYRILLIC.get(sign, sign) for sign in unicodedata.normalize("NFKC", name))
    folded = plain.lower().translate(_FOLD)
    for pair, letter in _PAIRS:
        folded = folded.replace(pair, letter)
    return folded


def _meant(name: str, known: set[str]) -> str:
    looks = sorted(other for other in known if other != name and shape(other) == shape(name))
    same_case = [other for other in looks if other.lower() != name.lower()]
    if same_case:
        return same_case[0]
    if len(name) < _SHORTEST:
        return ""
    near = sorted(other for other in known if len(other) >= _SHORTEST and is_one_off(name, other))
    return near[0] if len(near) == 1 else ""


def is_one_off(one: str, other: str) -> bool:
    """Whether one letter added, dropped or changed, or two neighbours swapped, turn one into the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    head = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    rest, other_rest = one[head:], other[head:]
    if len(one) != len(other):
        return rest[1:] == other_rest or rest == other_rest[1:]
    return rest[1:] == other_rest[1:] or (rest[1::-1] == other_rest[:2] and rest[2:] == other_rest[2:])


def _is_open(module: Module) -> bool:
    """Whether names may come from where no text tells."""
    stars = any(alias.name == "*" for node in module.every(ast.ImportFrom) for alias in node.names)
    return stars or bool(module.words & _OPEN) or any(f.name == "__getattr__" for f in module.functions)


def _defined(module: Module) -> set[str]:
    names = {node.id for node in module.every(ast.Name) if not isinstance(node.ctx, ast.Load)}
    names |= {node.arg for node in module.every(ast.arg)}
    names |= {function.name for function in module.functions}
    names |= {node.name for node in module.every(ast.ClassDef)}
    names |= {node.name for node in module.every(ast.ExceptHandler) if node.name}
    names |= {name for node in module.every(ast.Global) for name in node.names}
    names |= {node.name for node in module.every(ast.MatchAs) if node.name}
    names |= {node.name for node in module.every(ast.MatchStar) if node.name}
    names |= {node.rest for node in module.every(ast.MatchMapping) if node.rest}
    names |= {getattr(node, "name", "") for kind in _type_parameters() for node in module.every(kind)}
    for node in module.imports:
        names |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
    return names


def _type_parameters() -> list[type[ast.AST]]:
    """Nodes that newer interpreters have."""
    return [getattr(ast, name) for name in ("TypeVar", "ParamSpec", "TypeVarTuple") if hasattr(ast, name)]


def _wrong_imports(module: Module, project: Project) -> Iterator[Fault]:
    """Names taken from a module of the project that does not have them but has one that looks like them."""
    for node in module.every(ast.ImportFrom):
        source = project.module_named(node.module or "", module, node.level)
        if source is None or _is_open(source) or source.path.endswith("__init__.py"):
            continue
        has = _defined(source)
        for alias in node.names:
            if alias.name not in has and (meant := _meant(alias.name, has)):
                yield _fault(module, alias, alias.name, meant)
    for read in module.every(ast.Attribute):
        if isinstance(read.value, ast.Name) and isinstance(read.ctx, ast.Load):
            yield from _wrong_attribute(read, read.value.id, module, project)


def _wrong_attribute(read: ast.Attribute, owner: str, module: Module, project: Project) -> Iterator[Fault]:
    source = project.imported_as(module, owner)
    if source is None or _is_open(source) or source.path.endswith("__init__.py"):
        return
    has = _defined(source)
    if read.attr not in has and (meant := _meant(read.attr, has)):
        yield _fault(module, read, read.attr, meant)


_L, _M = Code.NAM_LOOKALIKE, Code.NAM_MISSPELT
_SHOP = "class Basket:\n    pass\n\ndef checkout(x):\n    return x\n"
EXAMPLES = (
    hit(_L, "class Bottle:\n    pass\nb = B0ttle()\n", 3),
    hit(_L, "def fill(x):\n    return x\nprint(fi11(2))\n", 3),
    hit(_L, "number = 1\nprint(nurnber)\n", 2),
    hit(_L, "scope = 1\nprint(s\u0441ope)\n", 2),
    hit(_L, "class Bottle:\n    pass\nclass Small(B0ttle):\n    pass\n", 3),
    hit(_M, "class Bottles:\n    pass\nb = Bottle()\n", 3),
    hit(_M, "def fetch(x):\n    return x\nprint(fecth(2))\n", 3),
    hit(_M, "from shop import Baskets\n", 1, beside={"shop.py": _SHOP}),
    hit(
        _L,
        "from shop import 8asket\n".replace("8", "B").replace("asket", "a5ket"),
        1,
        beside={"shop.py": _SHOP},
    ),
    hit(_M, "import shop\nshop.chekout(1)\n", 2, beside={"shop.py": _SHOP}),
    hit(_M, "def f(amount):\n    return amuont\n", 2),
    miss("class Bottle:\n    pass\nb = Bottle()\n"),
    miss("print(undefined_thing)\n"),
    miss("from os.path import *\nclass Bottle:\n    pass\nb = B0ttle()\n"),
    miss("l0 = 1\nlo = 2\nprint(l0, lo)\n"),
    miss("from shop import Basket\n", beside={"shop.py": _SHOP}),
    miss("import shop\nshop.checkout(1)\n", beside={"shop.py": _SHOP}),
    miss("from shop import Crate\n", beside={"shop.py": _SHOP}),
    miss("def f():\n    globals()['number'] = 1\n    return nurnber\nnumber = 1\n"),
    miss("def f(a):\n    return A\nb = 1\n"),
    miss("names = 1\ndef f(items):\n    return [name for name in items]\n"),
    miss(
        "def f(x):\n    match x:\n        case {'a': value, **rests}:\n"
        "            return value, rests\nrest = 1\n"
    ),
)
RULE = Rule("lookalike", find, EXAMPLES)
