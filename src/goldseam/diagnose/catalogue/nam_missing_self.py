"""NAM.MISSING_SELF: the object itself is missing."""

from goldseam.core.fault import Code
from goldseam.diagnose.entry import Entry, Example

ENTRY = Entry(
    code=Code.NAM_MISSING_SELF,
    title="The object itself is missing",
    cause="A method lacks `self`, or reads an attribute or calls a method as if it were a plain name.",
    hint="reach it through the object: `{expected}`",
    found_by={
        "python": (
            'NameError or "takes 0 positional arguments" of a run; the class has an attribute or '
            "method of that name"
        ),
        "javascript": (
            "ReferenceError of a run or the TypeScript service; the class has a member of that name"
        ),
        "php": "an undefined function in a class that has a method of that name",
    },
    examples=(
        Example(
            language="python",
            broken="""\
class Basket:
    def __init__(self):
        self.items = [3, 4]

    def total(self):
        return sum(items)


print(Basket().total())
""",
            mended="""\
class Basket:
    def __init__(self):
        self.items = [3, 4]

    def total(self):
        return sum(self.items)


print(Basket().total())
""",
        ),
        Example(
            language="javascript",
            broken="""\
class Basket {
  items = [3, 4];
  count() {
    return items.length;
  }
}
console.log(new Basket().count());
""",
            mended="""\
class Basket {
  items = [3, 4];
  count() {
    return this.items.length;
  }
}
console.log(new Basket().count());
""",
        ),
        Example(
            language="php",
            broken="""\
<?php
class Basket {
    private $items = [3, 4];
    public function count() {
        return count_items();
    }
    private function count_items() {
        return count($this->items);
    }
}
echo (new Basket())->count();
""",
            mended="""\
<?php
class Basket {
    private $items = [3, 4];
    public function count() {
        return $this->count_items();
    }
    private function count_items() {
        return count($this->items);
    }
}
echo (new Basket())->count();
""",
        ),
    ),
    templates=("diagnosis", "script_names"),
)
