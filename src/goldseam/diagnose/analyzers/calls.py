"""Calls that do not fit what they call: arity, a missing `self`, a coroutine that nobody awaits."""

import ast
import re
from collections.abc import Iterator

from goldseam.core.case import Case
from goldseam.core.example import Diagnosed
from goldseam.core.fault import Code, Evidence, Fault, Place
from goldseam.core.ports import Analyzer
from goldseam.core.source import Edit, Span
from goldseam.diagnose.names.members import last_name, self_name, takes_self
from goldseam.diagnose.names.program import Function, Module, Program, arguments, program_of
from goldseam.diagnose.names.spelling import nearest, related
from goldseam.diagnose.names.symptoms import Symptom, symptoms
from goldseam.plugins import hookimpl

_TAKES = re.compile(
    r"([\w.<>]+)\(\) takes (?:from \d+ to )?(\d+) positional arguments? but (\d+) (?:was|were) given"
)
_MISSES = re.compile(r"([\w.<>]+)\(\) missing (\d+) required (?:positional|keyword-only) arguments?: (.+)")
_UNKNOWN = re.compile(r"([\w.<>]+)\(\) got an unexpected keyword argument '([^']+)'")
_TWICE = re.compile(r"([\w.<>]+)\(\) got multiple values for argument '([^']+)'")
_NEVER = re.compile(r"coroutine '([\w.<>]+)' was never awaited")
_PENDING = re.compile(r"coroutine|Future|Task")
_WRAPPERS = frozenset(
    {"create_task", "gather", "run", "ensure_future", "wait_for", "wait", "shield", "start_soon"}
)


def analyze(case: Case) -> Iterator[Fault]:
    """A fault for each call that failed by its arguments, and each that should have been awaited."""
    for symptom in symptoms(case):
        if symptom.kind == "TypeError":
            yield from _arguments(symptom)
    yield from _never_awaited(case)


def _arguments(symptom: Symptom) -> Iterator[Fault]:
    message = symptom.failure.message
    if match := _TAKES.search(message) or _TWICE.search(message):
        yield from _count(symptom, match[1])
    elif match := _MISSES.search(message):
        yield from _count(symptom, match[1], tuple(re.findall(r"'([^']+)'", match[3])))
    elif match := _UNKNOWN.search(message):
        yield from _keyword(symptom, match[1], match[2])


def _called(symptom: Symptom, qualified: str) -> list[tuple[Module, Function]]:
    """The functions that a message means by `Class.method` or `name`."""
    parts = [part for part in qualified.split(".") if part != "<locals>"]
    found = symptom.program.functions(parts[-1])
    if len(parts) > 1:
        in_class = [(m, f) for m, f in found if (c := m.class_of(f)) and c.name == parts[-2]]
        found = in_class or found
    return found


def _call_at(symptom: Symptom, name: str) -> ast.Call | None:
    owner, _, method = name.rpartition(".")
    wanted = {method, owner.rpartition(".")[2]} if method == "__init__" else {method}
    calls = [node for node in symptom.module.at_line(symptom.line) if isinstance(node, ast.Call)]
    named = [call for call in calls if last_name(call.func) in wanted]
    return named[0] if named else None


def _count(symptom: Symptom, qualified: str, missing: tuple[str, ...] = ()) -> Iterator[Fault]:
    call = _call_at(symptom, qualified)
    found = _called(symptom, qualified)
    for owner, function in found[:1]:
        if _lacks_self(owner, function):
            yield _missing_self(symptom, owner, function)
            return
        if call is not None and (fault := _definition(symptom, owner, function, call)):
            yield fault
            return
    span = symptom.module.span(call) if call is not None else None
    if span is None:
        return
    shape = f": it is {signature(found[0][1])}" if found else ""
    hint = f"pass {', '.join(missing)}{shape}" if missing else f"pass the arguments that it takes{shape}"
    yield symptom.fault(Code.TYP_ARITY, symptom.module, span, hint)


def _lacks_self(module: Module, function: Function) -> bool:
    """Whether a method has no parameter for its object."""
    if not takes_self(function, module) or function.name in ("__new__", "__init_subclass__"):
        return False
    first = self_name(function)
    if first in ("self", "cls", "mcs", "_", "this") or (function.args.vararg and not first):
        return False
    owner = module.class_of(function)
    siblings = [f for f in module.functions if module.class_of(f) is owner and f is not function]
    usual = sum(self_name(f) == "self" for f in siblings)
    uses = any(isinstance(n, ast.Name) and n.id == "self" for n in ast.walk(function))
    return uses or not first or usual > 0


def _missing_self(symptom: Symptom, module: Module, function: Function) -> Fault:
    span = module.span(function)
    head = module.data.find(b"(", span.start) + 1
    rest = b"self" if not arguments(function.args) else b"self, "
    name = module.name_span(function, function.name)
    hint = f"add the parameter 'self' to {function.name}(): a method is handed its object first"
    fix = (Edit(Span(head, head), rest),)
    return symptom.fault(Code.NAM_MISSING_SELF, module, name, hint, fix=fix)


def _definition(symptom: Symptom, module: Module, function: Function, call: ast.Call) -> Fault | None:
    """The definition, where several other calls agree with the one that failed and none with it."""
    bound = takes_self(function, module)
    same = [
        other
        for m in symptom.program.modules
        for other in m.calls
        if last_name(other.func) == last_name(call.func) and other is not call
    ]
    if len(same) < 2 or any(fits(function, other, bound) for other in same):
        return None
    if {_shape(other) for other in same} != {_shape(call)}:
        return None
    span = module.name_span(function, function.name)
    hint = f"all {len(same) + 1} calls pass {_shape(call)[0]} arguments: change the parameters"
    return symptom.fault(Code.TYP_ARITY, module, span, hint)


def _shape(call: ast.Call) -> tuple[int, frozenset[str | None]]:
    return len(call.args), frozenset(keyword.arg for keyword in call.keywords)


def fits(function: Function, call: ast.Call, bound: bool) -> bool:
    """Whether a call's arguments fit a signature; stars fit everything."""
    if any(isinstance(a, ast.Starred) for a in call.args) or any(k.arg is None for k in call.keywords):
        return True
    spec = function.args
    names = [argument.arg for argument in (*spec.posonlyargs, *spec.args)][1 if bound else 0 :]
    given = {keyword.arg for keyword in call.keywords if keyword.arg}
    if len(call.args) > len(names) and not spec.vararg:
        return False
    only = {argument.arg for argument in spec.kwonlyargs}
    if not spec.kwarg and given - set(names[len(call.args) :]) - only:
        return False
    needed = names[len(call.args) : len(names) - len(spec.defaults) or None] if names else []
    pairs = zip(spec.kwonlyargs, spec.kw_defaults, strict=True)
    needed = [*needed, *(argument.arg for argument, default in pairs if default is None)]
    return set(needed) <= given


def signature(function: Function) -> str:
    """`name(a, b)`, as the source has it."""
    return f"{function.name}({ast.unparse(function.args)})"[:120]


def _keyword(symptom: Symptom, qualified: str, keyword: str) -> Iterator[Fault]:
    call = _call_at(symptom, qualified)
    found = _called(symptom, qualified)
    if call is None:
        return
    given = next((node for node in call.keywords if node.arg == keyword), None)
    module = symptom.module
    place = module.name_span(given, keyword) if given is not None else module.span(call)
    if not found:
        yield symptom.fault(Code.TYP_ARITY, module, place, f"it takes no argument '{keyword}'")
        return
    owner, function = found[0]
    names = {argument.arg for argument in arguments(function.args)} - {"self", "cls"}
    free = names - {node.arg for node in call.keywords if node.arg}
    guess = nearest(keyword, free) or related(keyword, free)
    if guess and function_says(function, keyword):
        parameter = next(a for a in arguments(function.args) if a.arg == guess.name)
        span = owner.name_span(parameter, guess.name)
        hint = f"name the parameter '{keyword}', as its body and its callers do"
        yield symptom.fault(Code.TYP_ARITY, owner, span, hint, fix=(Edit(span, keyword.encode()),))
        return
    fix = (Edit(place, guess.name.encode()),) if guess and given is not None else ()
    meant = f"pass '{guess.name}' instead of '{keyword}'" if guess else f"it is {signature(function)}"
    yield symptom.fault(Code.TYP_ARITY, module, place, meant, fix=fix)


def function_says(function: Function, name: str) -> bool:
    """Whether the body of a function reads a name that is none of its parameters."""
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(function))


def _never_awaited(case: Case) -> Iterator[Fault]:
    """Calls of the coroutines that the interpreter says were never awaited."""
    seen = case.observation
    texts = [run.stderr + run.stdout for run in (seen.run, seen.test_run) if run is not None]
    named = dict.fromkeys(m[1] for t in texts for m in _NEVER.finditer(t.decode("utf-8", "replace")))
    if not named:
        return
    program = program_of(case.current.files)
    shown = next((s for s in symptoms(case) if _PENDING.search(s.message)), None)
    place = Place(shown.frame.path, shown.line) if shown else None
    for qualified in list(named)[:10]:
        yield from _not_awaited(program, qualified, place)


def _not_awaited(program: Program, qualified: str, place: Place | None) -> Iterator[Fault]:
    name = qualified.rpartition(".")[2]
    for module in program.modules:
        for call in module.calls:
            if last_name(call.func) == name and not _is_awaited(module, call):
                span = module.span(call)
                said = f"coroutine '{qualified}' was never awaited"
                yield Fault(
                    Code.TYP_NOT_AWAITED,
                    module.path,
                    span,
                    said,
                    f"await it: without, {name}() never runs",
                    0.95,
                    fix=(Edit(Span(span.start, span.start), b"await "),),
                    evidence=(Evidence("warning", said),),
                    symptom=place,
                )


def _is_awaited(module: Module, call: ast.Call) -> bool:
    """Whether a call is awaited, handed on or returned; a plain statement or a kept coroutine is not."""
    parent = module.parents.get(call)
    if isinstance(parent, ast.Await | ast.Return | ast.Yield | ast.Lambda):
        return True
    if isinstance(parent, ast.Call):
        return last_name(parent.func) in _WRAPPERS or call in parent.args
    if isinstance(parent, ast.Assign | ast.ListComp | ast.GeneratorExp | ast.List | ast.Starred):
        names = {n.id for t in getattr(parent, "targets", []) for n in ast.walk(t) if isinstance(n, ast.Name)}
        awaited = (n.value for n in module.nodes if isinstance(n, ast.Await))
        return not isinstance(parent, ast.Assign) or any(last_name(v) in names for v in awaited)
    return False


@hookimpl
def goldseam_analyzers() -> tuple[Analyzer, ...]:
    return (analyze,)


EXAMPLES = (
    Diagnosed("def f(a, b):\n    return a + b\n\nprint(f(1))\n", ("TYP.ARITY",), (4,)),
    Diagnosed("def f(a):\n    return a\n\nprint(f(1, 2))\n", ("TYP.ARITY",), (4,)),
    Diagnosed("def f(a):\n    return a\nf(1, 2)\nf(3, 4)\nf(5, 6)\n", ("TYP.ARITY",), (1,)),
    Diagnosed("def f(amount):\n    return amount\nf(amuont=2)\n", ("TYP.ARITY",), (3,)),
    Diagnosed(
        "class A:\n    def f():\n        return 1\n    def g(self):\n        return 2\nA().f()\n",
        ("NAM.MISSING_SELF",),
        (2,),
    ),
    Diagnosed(
        "import asyncio\n\nasync def f(log):\n    log.append(1)\n\nasync def g():\n    log = []\n    f(log)\n"
        "    return log[0]\n\nasyncio.run(g())\n",
        ("TYP.NOT_AWAITED",),
        (8,),
    ),
    Diagnosed("len()\n"),
    Diagnosed("'1' + 1\n"),
)
