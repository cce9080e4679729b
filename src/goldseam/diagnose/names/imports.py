"""Imports that are missing: what a bare name most likely comes from."""

import ast
import sys

from goldseam.diagnose.names.program import Module, Program

_ALIASES = {
    "np": "import numpy as np",
    "pd": "import pandas as pd",
    "plt": "import matplotlib.pyplot as plt",
    "sns": "import seaborn as sns",
    "tf": "import tensorflow as tf",
    "ET": "import xml.etree.ElementTree as ET",
    "dt": "import datetime as dt",
}
_MEMBERS = {
    "abc": "ABC ABCMeta abstractmethod",
    "collections": "ChainMap Counter OrderedDict UserDict UserList UserString defaultdict deque namedtuple",
    "collections.abc": "Awaitable Callable Generator Hashable Iterable Iterator Mapping Sequence",
    "contextlib": "AbstractContextManager ExitStack asynccontextmanager closing contextmanager nullcontext "
    "redirect_stdout suppress",
    "copy": "deepcopy",
    "dataclasses": "asdict astuple dataclass",
    "datetime": "date timedelta timezone tzinfo",
    "decimal": "Decimal InvalidOperation ROUND_HALF_EVEN ROUND_HALF_UP getcontext localcontext",
    "enum": "Enum Flag IntEnum IntFlag StrEnum",
    "fractions": "Fraction",
    "functools": "cache cached_property lru_cache partial partialmethod reduce singledispatch "
    "total_ordering wraps",
    "heapq": "heapify heappop heappush nlargest nsmallest",
    "inspect": "isclass isfunction signature",
    "io": "BytesIO StringIO TextIOWrapper",
    "itertools": "accumulate chain combinations groupby islice pairwise permutations product "
    "starmap takewhile zip_longest",
    "math": "ceil cos exp floor gcd hypot isclose isnan log log10 pi sin sqrt tan",
    "operator": "attrgetter itemgetter methodcaller",
    "pathlib": "Path PurePath PurePosixPath",
    "pprint": "pformat pprint",
    "random": "choice randint shuffle",
    "textwrap": "dedent",
    "threading": "Condition Event Lock RLock Semaphore Thread",
    "time": "monotonic perf_counter sleep",
    "types": "MappingProxyType ModuleType SimpleNamespace TracebackType",
    "typing": "Any ClassVar Dict Final Generic List Literal NamedTuple NoReturn Optional Protocol Self Set "
    "Tuple Type TypeVar TypedDict Union cast overload",
    "urllib.parse": "quote unquote urlencode urljoin urlparse urlsplit",
    "uuid": "uuid4",
    "concurrent.futures": "ProcessPoolExecutor ThreadPoolExecutor as_completed",
    "bisect": "bisect_left bisect_right insort",
    "string": "ascii_letters ascii_lowercase ascii_uppercase",
    "shutil": "copyfile rmtree",
}
_FROM = {member: module for module, members in _MEMBERS.items() for member in members.split()}


def import_for(name: str, module: Module, program: Program, installed: frozenset[str]) -> str | None:
    """The statement that would give `module` the name, or None.

    Modules of the project and what they define come first, then what is installed.
    """
    own = [other for other in program.modules if other.path != module.path]
    as_module = _is_module_use(name, module)
    for other in own:
        if other.name.rpartition(".")[2] == name and as_module:
            parent = other.name.rpartition(".")[0]
            return f"from {parent} import {name}" if parent else f"import {name}"
    defining = [other for other in own if name in _definitions(other)]
    if len(defining) == 1:
        return f"from {defining[0].name} import {name}"
    if name == "datetime" and not as_module:
        return "from datetime import datetime"
    if name in _ALIASES:
        return _ALIASES[name]
    if as_module and (name in sys.stdlib_module_names or name in installed):
        return f"import {name}"
    return f"from {_FROM[name]} import {name}" if name in _FROM else None


def _is_module_use(name: str, module: Module) -> bool:
    """Whether every use of the name is `name.something`."""
    uses = [node for node in module.names if node.id == name]
    return bool(uses) and all(isinstance(module.parents.get(node), ast.Attribute) for node in uses)


def _definitions(module: Module) -> frozenset[str]:
    """Functions, classes and values that a module defines, not what it imports."""
    imported = {
        (alias.asname or alias.name).partition(".")[0]
        for node in module.nodes
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    return module.top - imported
