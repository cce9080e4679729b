"""SEM.SINGLETON_BYPASSED: a shared object is made a second time."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.SEM_SINGLETON_BYPASSED,
    title="A shared object is made a second time",
    cause=(
        "A class hands out one shared object by a method, and some code calls the constructor "
        "instead: it gets an object of its own, without what the others put in."
    ),
    hint="get it by `{expected}`",
    found_by={
        "python": (
            "a class with a method that keeps and returns one instance, and a direct call of the "
            "class elsewhere"
        ),
        "javascript": (
            "no analyzer names it by itself yet; the wrong output or the failing function is named, "
            "with its suspicious lines"
        ),
        "php": "no analyzer names it by itself yet; the wrong output is named",
    },
    examples=(
        Example(
            language="python",
            broken="""\
class Registry:
    _shared = None

    def __init__(self):
        self.names = []

    @classmethod
    def shared(cls):
        if cls._shared is None:
            cls._shared = cls()
        return cls._shared


Registry.shared().names.append("Ada")
print(Registry().names)
""",
            mended="""\
class Registry:
    _shared = None

    def __init__(self):
        self.names = []

    @classmethod
    def shared(cls):
        if cls._shared is None:
            cls._shared = cls()
        return cls._shared


Registry.shared().names.append("Ada")
print(Registry.shared().names)
""",
        ),
        Example(
            language="javascript",
            broken="""\
class Registry {
  names = [];
  static #shared = null;
  static shared() {
    return (Registry.#shared ??= new Registry());
  }
}
Registry.shared().names.push("Ada");
console.log(new Registry().names.length);
""",
            mended="""\
class Registry {
  names = [];
  static #shared = null;
  static shared() {
    return (Registry.#shared ??= new Registry());
  }
}
Registry.shared().names.push("Ada");
console.log(Registry.shared().names.length);
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
class Registry {
    public $names = [];
    private static $shared = null;
    public static function shared() {
        return self::$shared ??= new Registry();
    }
}
Registry::shared()->names[] = "Ada";
echo count((new Registry())->names);
""",
            mended="""\
<?php
class Registry {
    public $names = [];
    private static $shared = null;
    public static function shared() {
        return self::$shared ??= new Registry();
    }
}
Registry::shared()->names[] = "Ada";
echo count(Registry::shared()->names);
""",
        ),
    ),
    templates=("one_instance",),
)
