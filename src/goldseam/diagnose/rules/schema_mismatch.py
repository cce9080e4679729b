"""Records of one kind with different keys: who makes them says `sum`, who reads them asks for `total`.

Producers are functions that return dicts whose keys are all written out. Those behind one interface (methods
of one name in sibling classes, functions in one table) should give the same keys; one of them that lacks a
key which is read, and offers another that nobody reads, is the odd one. A reader is held against a single
producer where it reads straight from a call's result.
"""

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from goldseam.core.fault import Code, Evidence, Fault
from goldseam.diagnose.names.spelling import nearest
from goldseam.diagnose.records import Producer, Read, display_of, keys_of, producer_of, reads_in
from goldseam.diagnose.renaming import renamings, respelt, value_of
from goldseam.diagnose.rule import Rule, hit, miss
from goldseam.languages.python_view import Module, Project, name_of, own, text_of, words_of

_FEWEST = 2


def find(project: Project) -> Iterator[Fault]:
    """Odd producers of a group, wrong readers of a single one, odd records of a table."""
    producers = {
        id(defined.node): producer
        for same_name in project.functions.values()
        for defined in same_name
        if (producer := producer_of(defined))
    }
    reads = [read for module in project for read in reads_in(module)]
    for group in _groups(project, producers):
        yield from _odd_producers(group, reads)
    for module in project:
        yield from _wrong_readers(module, project, producers)
        yield from _odd_records(module, reads)
        yield from _wrong_arguments(module, project)


def _groups(project: Project, producers: dict[int, Producer]) -> Iterator[list[Producer]]:
    """Producers behind one interface: methods of sibling classes, functions in one table."""
    by_base: dict[tuple[str, str], list[Producer]] = defaultdict(list)
    for defined in project.classes:
        if not isinstance(defined.node, ast.ClassDef):
            continue
        for method in defined.node.body:
            producer = producers.get(id(method))
            if producer is not None and not producer.function.name.startswith("__"):
                for family in _families(defined.node):
                    by_base[family, producer.function.name].append(producer)
    seen: set[frozenset[int]] = set()
    for group in (*by_base.values(), *_tabled(project, producers)):
        members = frozenset(id(producer.function) for producer in group)
        if len(members) >= _FEWEST and members not in seen:
            seen.add(members)
            yield group


def _families(node: ast.ClassDef) -> Iterator[str]:
    """What makes classes siblings: a base, or the last word of their names."""
    bases = [name_of(base) for base in node.bases]
    yield from (base for base in bases if base and base not in ("object", "ABC", "Protocol", "Generic"))
    words = words_of(node.name)
    if len(words) > 1:
        yield f"*{words[-1]}"


def _tabled(project: Project, producers: dict[int, Producer]) -> Iterator[list[Producer]]:
    """Functions that stand in one list, tuple or dict."""
    for module in project:
        for values in _tables(module):
            defined = [project.resolve(module, value) for value in values if isinstance(value, ast.Name)]
            found = [producers[id(one.node)] for one in defined if one and id(one.node) in producers]
            if len(found) >= _FEWEST:
                yield found


def _tables(module: Module) -> Iterator[list[ast.expr]]:
    """The elements of every list and tuple, the values of every dict."""
    yield from (node.elts for node in module.every(ast.List))
    yield from (node.elts for node in module.every(ast.Tuple))
    yield from (node.values for node in module.every(ast.Dict))


def _odd_producers(group: list[Producer], reads: Sequence[Read]) -> Iterator[Fault]:
    makers = {id(node) for producer in group for node in ast.walk(producer.function)}
    outside = [read for read in reads if id(read.node) not in makers]
    asked = {read.key for read in outside}
    sure = {read.key for read in outside if read.sure}
    offered = Counter(key for producer in group for key in producer.keys)
    for producer in group:
        missing = {key for key in sure if key in offered and key not in producer.keys}
        unread = {key for key in producer.keys if key not in asked and offered[key] < len(group)}
        if not missing:
            missing = {key for key in asked if offered[key] * 2 > len(group) and key not in producer.keys}
        if missing and unread and not _handles(outside, unread):
            fault = _odd(producer, sorted(missing), sorted(unread), outside)
            yield _with_fixes(fault, producer, sorted(missing), sorted(unread), group)


def _handles(reads: Sequence[Read], unread: set[str]) -> bool:
    return any(read.key in unread for read in reads)


def _odd(producer: Producer, missing: list[str], unread: list[str], reads: Sequence[Read]) -> Fault:
    reader = next(read for read in reads if read.key in missing)
    fault = producer.module.fault(
        min((producer.places[key] for key in unread), key=producer.module.line),
        Code.SEM_SCHEMA_MISMATCH,
        f"{producer.function.name}() gives {_quoted(unread)} where its readers ask for {_quoted(missing)}",
        f"give {_quoted(missing)} as the other producers do, or convert the record where it comes in",
        suspiciousness=0.75,
        detail="producer",
        expected=missing[0],
    )
    place = f"{reader.module.path}, line {reader.module.line(reader.node)}"
    return _with(fault, f"{place} reads '{reader.key}'")


def _with_fixes(
    fault: Fault, producer: Producer, missing: list[str], unread: list[str], group: Sequence[Producer]
) -> Fault:
    """The fault with the renamings that may mend it."""
    others = [other for other in group if other is not producer]
    given = {
        key: [value for other in others if key in other.places and (value := _value(other, key)) is not None]
        for key in missing
    }
    fixes = list(renamings(producer.module, producer.places, unread, missing, given))
    return replace(fault, fix=fixes[0] if fixes else (), others=tuple(fixes[1:]))


def _value(producer: Producer, key: str) -> ast.expr | None:
    return value_of(producer.module, producer.places[key])


def _with(fault: Fault, text: str) -> Fault:
    return replace(fault, evidence=(Evidence("reader", text),))


def _quoted(keys: list[str]) -> str:
    return ", ".join(f"'{key}'" for key in keys[:4])


def _key_node(display: ast.Dict | ast.Call, key: str) -> ast.AST:
    if isinstance(display, ast.Dict):
        return next((node for node in display.keys if node is not None and text_of(node) == key), display)
    return next((keyword for keyword in display.keywords if keyword.arg == key), display)


def _wrong_readers(module: Module, project: Project, producers: dict[int, Producer]) -> Iterator[Fault]:
    """Keys read from the result of one known function that never gives them."""
    for node in module.every(ast.Subscript):
        key = text_of(node.slice)
        if key is None or not isinstance(node.ctx, ast.Load):
            continue
        call = _source(node.value, module)
        defined = project.resolve(module, call.func) if call else None
        producer = producers.get(id(defined.node)) if defined else None
        if producer is None or key in producer.keys or defined is None or defined.node.decorator_list:
            continue
        fault = module.fault(
            node,
            Code.SEM_SCHEMA_MISMATCH,
            f"'{key}' is read here, and {defined.name}() gives {_quoted(sorted(producer.keys))}",
            _hint(key, producer.keys),
            suspiciousness=0.8,
            detail="reader",
        )
        fault = _with_readings(fault, module, node, key, producer)
        place = f"{producer.module.path}, line {producer.module.line(producer.function)}"
        yield _with(fault, f"the record is made at {place}")


def _with_readings(fault: Fault, module: Module, node: ast.Subscript, key: str, producer: Producer) -> Fault:
    """The fault with the keys that may be meant, the likeliest first."""
    guess = nearest(key, producer.keys)
    alike = [other for other in sorted(producer.keys) if set(words_of(other)) & set(words_of(key))]
    meant = dict.fromkeys([*([guess.name] if guess else []), *alike, *sorted(producer.keys)])
    edits = [edit for name in meant if (edit := respelt(module, node.slice, key, name))]
    return replace(fault, fix=(edits[0],) if edits else (), others=tuple((edit,) for edit in edits[1:4]))


def _hint(key: str, given: frozenset[str]) -> str:
    related = sorted(other for other in given if set(words_of(other)) & set(words_of(key)))
    return f"read '{related[0]}'" if related else "read a key that the record has, or give it this one"


def _source(value: ast.expr, module: Module) -> ast.Call | None:
    """The call whose result is read, also by way of one local name that nothing else touches."""
    if isinstance(value, ast.Call):
        return value
    if not isinstance(value, ast.Name):
        return None
    around = module.function_of(value) or module.tree
    given: list[ast.expr] = []
    for node in own(around):
        if isinstance(node, ast.Name) and node.id == value.id:
            parent = module.parent(node)
            if isinstance(parent, ast.Assign) and node in parent.targets:
                given.append(parent.value)
            elif not isinstance(node.ctx, ast.Load) or not _only_looks(node, parent):
                return None
    only = given[0] if len(given) == 1 else None
    return only if isinstance(only, ast.Call) else None


def _only_looks(node: ast.Name, parent: ast.AST | None) -> bool:
    """Whether a use of a record cannot give it another key."""
    match parent:
        case ast.Subscript(ctx=ast.Load()) | ast.FormattedValue() | ast.Compare() | ast.Return():
            return True
        case ast.Attribute(attr=attr):
            return attr in ("get", "items", "keys", "values")
        case ast.Call(func=ast.Name(id=name)):
            return name in ("print", "len", "str", "repr", "sorted", "list", "isinstance")
    return False


def _odd_records(module: Module, reads: Sequence[Read]) -> Iterator[Fault]:
    """One record of a table that lacks a key which all others have and which is read."""
    sure = {read.key for read in reads if read.sure and read.module is module}
    asked = {read.key for read in reads}
    for table in _tables(module):
        rows = [row for row in table if isinstance(row, ast.Dict) and display_of(row, ()) is row]
        if len(rows) != len(table) or len(rows) < 3:
            continue
        counts = Counter(key for row in rows for key in keys_of(row))
        for row in rows:
            missing = [
                k for k, n in counts.items() if n == len(rows) - 1 and k not in keys_of(row) and k in sure
            ]
            unread = [key for key in sorted(keys_of(row)) if counts[key] == 1 and key not in asked]
            if missing and unread:
                place = _key_node(row, unread[0])
                edit = respelt(module, place, unread[0], missing[0])
                yield module.fault(
                    place,
                    Code.SEM_SCHEMA_MISMATCH,
                    f"this record has {_quoted(unread)} where all others have {_quoted(missing)}",
                    f"name it {_quoted(missing)}",
                    suspiciousness=0.75,
                    detail="record",
                    expected=missing[0],
                    fix=(edit,) if edit else (),
                )


def _wrong_arguments(module: Module, project: Project) -> Iterator[Fault]:
    """`Item(**{...})` with keys that are no fields of a dataclass."""
    for call in module.every(ast.Call):
        spread = [keyword.value for keyword in call.keywords if keyword.arg is None]
        defined = project.resolve(module, call.func) if spread else None
        if len(spread) != 1 or defined is None or not isinstance(defined.node, ast.ClassDef):
            continue
        fields = _fields(defined.node)
        display = display_of(spread[0], list(own(module.function_of(call) or module.tree)))
        strange = sorted(keys_of(display) - fields) if display is not None and fields else []
        if strange and display is not None:
            yield module.fault(
                _key_node(display, strange[0]),
                Code.SEM_SCHEMA_MISMATCH,
                f"{defined.name} has no field {_quoted(strange)}; it has {_quoted(sorted(fields))}",
                "name the keys as the fields are named",
                suspiciousness=0.8,
                detail="fields",
            )


def _fields(node: ast.ClassDef) -> frozenset[str]:
    """The fields of a dataclass without bases."""
    names = {name_of(decorator) for decorator in node.decorator_list}
    if (
        node.bases
        or "dataclass" not in names
        or any(isinstance(s, ast.FunctionDef) and s.name == "__init__" for s in node.body)
    ):
        return frozenset()
    return frozenset(
        statement.target.id
        for statement in node.body
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
    )


_C = Code.SEM_SCHEMA_MISMATCH
_TWO = (
    "class SunSource:\n    def read(self):\n        return {'temp': 1, 'place': 'a'}\n"
    "class RainSource:\n    def read(self):\n        return {'temperature': 1, 'place': 'b'}\n"
)
_SAME = _TWO.replace("temperature", "temp")
_USE = "def show(sources):\n    for source in sources:\n        row = source.read()\n"
_MAKE = "def load():\n    return {'name': 'a', 'size': 1}\n"
EXAMPLES = (
    hit(_C, f"{_TWO}{_USE}        print(row['temp'], row['place'])\n", 6),
    hit(_C, f"{_TWO}def show(s):\n    return [r.read()['temp'] for r in s]\n", 6),
    hit(
        _C,
        "class A:\n    pass\nclass B(A):\n    def get(self):\n        return {'x': 1}\n"
        "class C(A):\n    def get(self):\n        return dict(y=1)\ndef f(a):\n    return a.get()['x']\n",
        8,
    ),
    hit(
        _C,
        "def one():\n    return {'x': 1, 'n': 2}\ndef two():\n    return {'z': 1, 'n': 2}\n"
        "for f in [one, two]:\n    print(f()['x'])\n",
        4,
    ),
    hit(
        _C,
        "def one():\n    return {'x': 1}\ndef two():\n    row = {'z': 1}\n    row['k'] = 2\n    return row\n"
        "TABLE = {'a': one, 'b': two}\nprint(TABLE['a']()['x'])\n",
        4,
    ),
    hit(_C, f"{_MAKE}print(load()['title'])\n", 3),
    hit(_C, f"{_MAKE}row = load()\nprint(row['name'], row['siz'])\n", 4),
    hit(
        _C,
        "from store import load\ndef f():\n    row = load()\n    return row['title']\n",
        4,
        beside={"store.py": _MAKE},
    ),
    hit(_C, "import store\nprint(store.load()['title'])\n", 2, beside={"store.py": _MAKE}),
    hit(
        _C,
        "rows = [{'id': 1, 'n': 1}, {'id': 2, 'n': 2}, {'id': 3, 'nr': 3}]\n"
        "print([row['n'] for row in rows])\n",
        1,
    ),
    hit(
        _C,
        "from dataclasses import dataclass\n@dataclass\nclass Item:\n    name: str\n    size: int\n"
        "print(Item(**{'name': 'a', 'weight': 1}))\n",
        6,
    ),
    hit(
        _C,
        f"{_TWO}class MoonSource(SunSource):\n    pass\n{_USE}        print(row['temp'])\n",
        6,
    ),
    hit(
        _C,
        "class A:\n    pass\nclass B(A):\n    def get(self):\n        return {'x': 1}\n"
        "class C(A):\n    def get(self):\n        row = {}\n        row['y'] = 1\n        return row\n"
        "def f(a):\n    return a.get()['x']\n",
        9,
    ),
    miss(f"{_SAME}{_USE}        print(row['temp'], row['place'])\n"),
    miss(f"{_TWO}{_USE}        print(row['place'])\n"),
    miss(f"{_TWO}{_USE}        print(row.get('temp', row.get('temperature')))\n"),
    miss(
        f"{_TWO}{_USE}        if 'temperature' in row:\n            row['temp'] = row['temperature']\n"
        "        print(row['temp'])\n"
    ),
    miss(f"{_MAKE}print(load()['name'])\n"),
    miss(f"{_MAKE}row = load()\nrow['title'] = 'x'\nprint(row['title'])\n"),
    miss(f"{_MAKE}row = load()\nrow.update(title='x')\nprint(row['title'])\n"),
    miss("def load(x):\n    if x:\n        return {'a': 1}\n    return {'b': 1}\nprint(load(0)['b'])\n"),
    miss("rows = [{'id': 1, 'n': 1}, {'id': 2, 'n': 2}, {'id': 3}]\nprint([row['id'] for row in rows])\n"),
    miss("def load(x):\n    return {**x, 'a': 1}\nprint(load({})['b'])\n"),
    miss(
        "class Cat:\n    def show(self):\n        return {'a': 1}\nclass Dog:\n    def show(self):\n"
        "        return {'b': 1}\nprint(Cat().show()['a'], Dog().show()['b'])\n"
    ),
    miss(
        "from dataclasses import dataclass\n@dataclass\nclass Item:\n    name: str\n"
        "print(Item(**{'name': 'a'}))\n"
    ),
)
RULE = Rule("schema_mismatch", find, EXAMPLES)
