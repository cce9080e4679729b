"""A name imported from where it is not: take it from the module that has it."""

import ast
import sys
from collections.abc import Iterator

from goldseam.core.fault import Code, Fault
from goldseam.languages.python_view import Module, Project
from goldseam.propose.templating.python_edits import nodes_at, replaced
from goldseam.propose.templating.scene import SURE, Repair, Scene, at, hit, miss, repair, template

_LIVES_IN = {
    "collections.abc": "Iterable Iterator Mapping MutableMapping Sequence MutableSequence Set Callable "
    "Hashable Generator Awaitable Coroutine Sized Container",
    "collections": "Counter OrderedDict defaultdict deque namedtuple ChainMap",
    "functools": "reduce partial lru_cache cache wraps cached_property total_ordering",
    "itertools": "chain product permutations combinations groupby islice accumulate zip_longest",
    "math": "gcd sqrt floor ceil pi prod isclose",
    "contextlib": "contextmanager suppress closing ExitStack",
    "dataclasses": "dataclass asdict replace",
    "datetime": "date timedelta timezone",
    "decimal": "Decimal",
    "fractions": "Fraction",
    "pathlib": "Path",
    "time": "sleep monotonic perf_counter",
    "typing": "Any Optional Union NamedTuple Protocol TypedDict",
    "statistics": "mean median stdev",
    "heapq": "heappush heappop heapify",
    "bisect": "bisect_left bisect_right insort",
    "copy": "deepcopy",
    "html": "escape unescape",
    "urllib.parse": "quote unquote urlencode urlparse urljoin",
    "random": "choice randint shuffle sample",
    "string": "ascii_letters ascii_lowercase digits punctuation",
    "operator": "itemgetter attrgetter",
    "inspect": "signature",
}
_HOME = {name: module for module, names in _LIVES_IN.items() for name in names.split()}


def mend(scene: Scene, fault: Fault) -> Iterator[Repair]:
    """The module of the project that defines the name, else the one of the library."""
    module = scene.module(fault)
    for node in nodes_at(module, fault, ast.ImportFrom)[:1] if module else ():
        if module is None:
            return
        name = module.data[fault.span.start : fault.span.end].decode("utf-8", "replace")
        wrong = [alias for alias in node.names if alias.name == name] or node.names[: len(node.names) == 1]
        for alias in wrong:
            for home in _homes(scene.project, module, alias.name):
                yield _taken_from(module, node, alias, home, fault)


def _homes(project: Project, module: Module, name: str) -> Iterator[str]:
    for other in project:
        defined = {getattr(node, "name", "") for node in other.tree.body}
        if other is not module and name in defined:
            yield other.name
    if name in _HOME and _HOME[name].partition(".")[0] in sys.stdlib_module_names:
        yield _HOME[name]


def _taken_from(module: Module, node: ast.ImportFrom, alias: ast.alias, home: str, fault: Fault) -> Repair:
    """The statement with this name from another module, the other names where they were."""
    why = f"takes '{alias.name}' from '{home}', which has it"
    written = module.text(alias)
    rest = [module.text(other) for other in node.names if other is not alias]
    source = "." * node.level + (node.module or "")
    if not rest:
        start = module.data.index(b"from", module.span(node).start) + len("from ")
        whole = module.span(node)
        end = module.data.index(b" import", start, whole.end)
        return repair(fault.path, why, at(type(whole)(start, end), home), cost=SURE)
    lines = f"from {source} import {', '.join(rest)}\nfrom {home} import {written}"
    return repair(fault.path, why, replaced(module, node, lines), cost=SURE)


EXAMPLES = (
    hit(
        "from collections import Mapping\n\nprint(isinstance({}, Mapping))\n",
        ("from collections ", "from collections.abc "),
    ),
    hit(
        "from itertools import chain, reduce\n\nprint(reduce(max, chain([1], [3])))\n",
        ("from itertools import chain, reduce", "from itertools import chain\nfrom functools import reduce"),
        expected="3\n",
    ),
    hit(
        "from prices import total\n\nprint(total([1, 2]))\n",
        ("from prices", "from sums"),
        expected="3\n",
        beside={"prices.py": "price = 3\n", "sums.py": "def total(xs):\n    return sum(xs)\n"},
    ),
    miss("from math import nothing_like_it\n"),
)
TEMPLATE = template("moved_name", (Code.NAM_WRONG_IMPORT,), mend, EXAMPLES)
