"""Which rules of ruff and ty are of use, what they mean here, and how often they are right."""

from dataclasses import dataclass

from goldseam.core.fault import Code


@dataclass(frozen=True, slots=True)
class Rule:
    """`precision` is a suspiciousness; `needs` a pattern that the message must hold."""

    code: Code
    precision: float
    hint: str
    needs: str = ""


_SURE, _LIKELY, _POSSIBLE, _WEAK = 0.8, 0.6, 0.4, 0.2
_ARGUMENTS = Rule(
    Code.TYP_ARITY, _LIKELY, "call it with its own arguments", needs=r"\A(?!.*`object\.__init__`)"
)
_TYPES = Rule(Code.TYP_MISMATCH, _POSSIBLE, "bring the values to the types that the operation takes")
_FORMAT = Rule(Code.TYP_MISMATCH, _LIKELY, "give the format the values that it names")
_ATTRIBUTE = Rule(Code.NAM_WRONG_ATTRIBUTE, _LIKELY, "use an attribute that the object has")
_NONE = Rule(Code.TYP_NONE_ACCESS, _POSSIBLE, "handle None, or find out why it is None", needs="None")
_MEMBER = Rule(Code.NAM_WRONG_IMPORT, _SURE, "import a name that the module has", needs="no member")
_CALL = Rule(Code.TYP_NOT_CALLABLE, _LIKELY, "call a function, not a value")
_KEY = Rule(Code.TYP_WRONG_KEY, _LIKELY, "use a key that the mapping has")
_RETURN = Rule(Code.TYP_WRONG_RETURN, _POSSIBLE, "return what the signature promises, on every path")
_UNDEFINED = Rule(Code.NAM_UNDEFINED, _SURE, "import or define this name, or correct its spelling")
_UNBOUND = Rule(
    Code.NAM_UNBOUND_LOCAL, _POSSIBLE, "give the variable a value on every path before it is read"
)
_VARIABLE = Rule(Code.LOG_WRONG_VARIABLE, _WEAK, "check that this is the variable that is meant")
_OPERATOR = Rule(Code.LOG_WRONG_OPERATOR, _WEAK, "check the operator: the result is not used")

_RUFF = {
    "F821": _UNDEFINED,
    "F822": _UNDEFINED,
    "F823": Rule(Code.NAM_UNBOUND_LOCAL, _SURE, _UNBOUND.hint),
    **{f"F50{number}": _FORMAT for number in range(1, 10)},
    **{f"F52{number}": _FORMAT for number in range(1, 6)},
    "F601": Rule(Code.LOG_WRONG_CONSTANT, _WEAK, "the key is there twice: the last value wins"),
    "F632": Rule(Code.SEM_IDENTITY_COMPARISON, _POSSIBLE, "compare values with '==' and '!='"),
    "F811": Rule(Code.LOG_WRONG_VARIABLE, _WEAK, "this hides an earlier definition that nothing uses"),
    "F841": Rule(Code.LOG_WRONG_VARIABLE, _WEAK, "this value is never read: check which variable is meant"),
    "PLE0101": Rule(Code.TYP_WRONG_RETURN, _LIKELY, "__init__ returns nothing"),
    **dict.fromkeys(("PLE0303", "PLE0305", "PLE0307", "PLE0308", "PLE0309"), _RETURN),
    "PLE0302": Rule(Code.TYP_ARITY, _LIKELY, "give the special method its own parameters"),
    "PLE0237": Rule(Code.NAM_WRONG_ATTRIBUTE, _LIKELY, "name the attribute in __slots__"),
    "PLE1142": Rule(Code.TYP_NOT_AWAITED, _LIKELY, "await only inside an async function"),
    "PLE1205": _FORMAT,
    "PLE1206": _FORMAT,
    "PLE1307": _FORMAT,
    "PLE1310": Rule(Code.SEM_API_MISUSE, _WEAK, "strip takes characters, not a prefix or suffix"),
    "B005": Rule(Code.SEM_API_MISUSE, _WEAK, "strip takes characters: use removeprefix or removesuffix"),
    "B006": Rule(Code.SEM_MUTABLE_DEFAULT, _POSSIBLE, "make the default None and create the value inside"),
    "B008": Rule(Code.SEM_MUTABLE_DEFAULT, _WEAK, "call it inside: a default is made once"),
    "B012": Rule(Code.SEM_MASKED_FAILURE, _POSSIBLE, "do not leave a finally block: it hides the exception"),
    "B015": Rule(Code.LOG_WRONG_OPERATOR, _WEAK, "this compares and drops the result: assign or assert it"),
    "B016": Rule(Code.TYP_MISMATCH, _LIKELY, "raise an exception, not a value"),
    "B018": _OPERATOR,
    "B020": Rule(Code.LOG_WRONG_VARIABLE, _POSSIBLE, "the loop's variable overwrites what it loops over"),
    "B023": Rule(Code.SEM_LATE_BINDING, _POSSIBLE, "bind the loop's variable as a default of the function"),
    "B035": Rule(Code.LOG_WRONG_VARIABLE, _POSSIBLE, "the key is the same each time round"),
    "PLW0127": _VARIABLE,
    "PLW0128": _VARIABLE,
    "PLW0711": Rule(Code.LOG_WRONG_OPERATOR, _POSSIBLE, "name several exceptions in a tuple"),
    "PLW0245": Rule(Code.SEM_API_MISUSE, _LIKELY, "call super()"),
    "PLW2901": Rule(Code.LOG_WRONG_VARIABLE, _WEAK, "the loop's variable is overwritten inside the loop"),
    "RUF006": Rule(
        Code.SEM_API_MISUSE, _WEAK, "keep the task: a dropped one may be collected before it ends"
    ),
    "ASYNC251": Rule(Code.CONC_BLOCKED_LOOP, _POSSIBLE, "await asyncio.sleep instead: this blocks the loop"),
    "DTZ005": Rule(Code.SEM_NAIVE_DATETIME, _WEAK, "give datetime.now a time zone"),
}

_TY = {
    "unresolved-reference": _UNDEFINED,
    "possibly-unresolved-reference": Rule(Code.NAM_UNBOUND_LOCAL, _WEAK, _UNBOUND.hint),
    "missing-attribute": _ATTRIBUTE,
    "unresolved-attribute": _ATTRIBUTE,
    "missing-union-attribute": _NONE,
    "possibly-missing-attribute": _NONE,
    "missing-module-member": _MEMBER,
    "unresolved-import": _MEMBER,
    "missing-argument": _ARGUMENTS,
    "too-many-positional-arguments": _ARGUMENTS,
    "unknown-argument": _ARGUMENTS,
    "parameter-already-assigned": _ARGUMENTS,
    "positional-only-parameter-as-kwarg": _ARGUMENTS,
    "invalid-argument-type": Rule(Code.TYP_MISMATCH, _WEAK, "pass a value of the type that it takes"),
    "no-matching-overload": Rule(Code.TYP_MISMATCH, _WEAK, "pass values of the types that it takes"),
    "unsupported-operator": _TYPES,
    "not-callable": _CALL,
    "call-non-callable": _CALL,
    "not-iterable": _TYPES,
    "not-subscriptable": _TYPES,
    "non-subscriptable": _TYPES,
    "invalid-context-manager": _TYPES,
    "invalid-raise": _TYPES,
    "invalid-exception-caught": _TYPES,
    "invalid-assignment": Rule(Code.TYP_MISMATCH, _WEAK, "assign a value of the declared type"),
    "index-out-of-bounds": Rule(Code.RUN_INDEX, _LIKELY, "keep the index inside the sequence"),
    "division-by-zero": Rule(Code.RUN_ZERO_DIVISION, _LIKELY, "the divisor is zero here"),
    "invalid-typed-dict-key": _KEY,
    "invalid-key": _KEY,
    "missing-typed-dict-key": _KEY,
    "invalid-await": Rule(Code.TYP_NOT_AWAITED, _LIKELY, "await something that can be awaited"),
    "unused-awaitable": Rule(Code.TYP_NOT_AWAITED, _LIKELY, "await it: without, it never runs"),
    "invalid-return-type": _RETURN,
    "invalid-explicit-return": _RETURN,
    "invalid-implicit-return": _RETURN,
}

RULES = {("ruff", rule): meaning for rule, meaning in _RUFF.items()} | {
    ("ty", rule): meaning for rule, meaning in _TY.items()
}
