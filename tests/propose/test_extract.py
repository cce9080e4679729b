"""Pairs of answer and code, and properties: nothing raises, fenced code comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldseam.propose.asking.extract import code_from_answer

CODE = "def add(a, b):\n    return a + b\n"
STRING_WITH_FENCE = 'TEXT = """\n```\nnot the end\n```\n"""\nprint(TEXT)\n'
STRING_WITH_OPEN_FENCE = "TEXT = '''\n```json\n{}\n```\n'''\n"
UNFENCED_WITH_FENCE = 'def f():\n    """Use it:\n\n    ```\n    f()\n    ```\n    """\n    return 1\n'

TAKEN = {
    "fence with language": (f"```python\n{CODE}```", CODE),
    "fence without language": (f"```\n{CODE}```\n", CODE),
    "fence with attributes": (f"```python title=x.py\n{CODE}```\n", CODE),
    "upper-case language": (f"```Python\n{CODE}```\n", CODE),
    "tildes": (f"~~~py\n{CODE}~~~\n", CODE),
    "four backticks": (f"````python\n{CODE}````\n", CODE),
    "longer closing fence": (f"```python\n{CODE}`````\n", CODE),
    "prose before": (f"Here is the fixed code:\n\n```python\n{CODE}```\n", CODE),
    "prose after": (f"```python\n{CODE}```\n\nThe colon was missing.\n", CODE),
    "prose on the fence's line": (f"Fixed code: ```python\n{CODE}```\n", CODE),
    "prose on both sides": (f"Sure!\n```python\n{CODE}```\nI added `:` to line 1.", CODE),
    "fence in a list item": (
        "1. Fix:\n   ```python\n   def f():\n       return 1\n   ```\n",
        "def f():\n    return 1\n",
    ),
    "largest of two": (f"```python\nx = 1\n```\nand\n```python\n{CODE}```\n", CODE),
    "first of two equals": ("```python\nx = 1\n```\n```python\nx = 2\n```\n", "x = 1\n"),
    "code over output": (f"```python\n{CODE}```\nprints\n```text\n{'Sum: 15 ' * 20}\n```\n", CODE),
    "code over commands": (f"```bash\n{'pip install pandas ' * 9}\n```\n```python\n{CODE}```\n", CODE),
    "code inside markdown": (f"````markdown\nHere it is:\n```python\n{CODE}```\n````\n", CODE),
    "fences inside a string": (f"```python\n{STRING_WITH_FENCE}```\n", STRING_WITH_FENCE),
    "tagged fence inside a string": (f"```python\n{STRING_WITH_OPEN_FENCE}```\n", STRING_WITH_OPEN_FENCE),
    "backticks inside a line": ("```js\nconst t = `a ${b} ```;\n```\n", "const t = `a ${b} ```;\n"),
    "carriage returns": ("```python\r\nx = 1\r\ny = 2\r\n```\r\n", "x = 1\r\ny = 2\r\n"),
    "php": ("```php\n<?php\necho 1;\n```", "<?php\necho 1;\n"),
    "one line": ("`return total`", "return total"),
    "one line, three backticks": ("```return total```", "return total"),
    "one line with language": ("```python return total```", "return total"),
    "no fence": (CODE, CODE),
    "no fence, no last line end": ("return a + b", "return a + b"),
    "no fence, indented": ("    return a + b\n", "    return a + b\n"),
    "no fence, one name": ("total", "total"),
    "no fence, import": ("from a import b\n", "from a import b\n"),
    "no fence, prose before": (f"Here is the fixed code:\n\n{CODE}", CODE),
    "no fence, prose after": (f"{CODE}\nThe colon was missing after the parameters.\n", CODE),
    "no fence, fence in a docstring": (UNFENCED_WITH_FENCE, UNFENCED_WITH_FENCE),
    "no fence, sentence in a docstring": (
        '"""Adds two numbers well."""\nx = 1\n',
        '"""Adds two numbers well."""\nx = 1\n',
    ),
    "no fence, comment first": ("# Here is the sum\nx = 1\n", "# Here is the sum\nx = 1\n"),
    "no fence, capitals": ("Point = namedtuple('Point', 'x y')\n", "Point = namedtuple('Point', 'x y')\n"),
    "thinking before": (f"<think>The colon?\n```\nno\n```</think>\n```python\n{CODE}```", CODE),
}

NOT_TAKEN = {
    "nothing": "",
    "blank": " \n\n",
    "cut off": f"```python\n{CODE}",
    "cut off after a whole block": f"```python\n{CODE}```\nand then\n```python\ndef f(",
    "opening fence alone": "```python",
    "empty fence": "```python\n```\n",
    "blank fence": "```python\n\n   \n```\n",
    "prose": "I cannot fix this code.",
    "prose in lines": "The function needs a colon\nafter its parameters because\nof the grammar it has.",
    "prose with code words": "The function `add()` was missing a colon after its parameters.",
    "sorry": "Sorry, but I can't help with that.",
    "output alone": "```text\nSum: 15\n```\n",
    "commands alone": "```bash\npip install pandas\n```\n",
    "thinking without end": "<think>The colon is missing, so",
    "only thinking": "<think>The colon is missing.</think>",
}


@pytest.mark.parametrize(("answer", "code"), TAKEN.values(), ids=TAKEN)
def test_code_is_taken_out(answer: str, code: str) -> None:
    assert code_from_answer(answer) == code


@pytest.mark.parametrize("answer", NOT_TAKEN.values(), ids=NOT_TAKEN)
def test_no_code_is_no_candidate(answer: str) -> None:
    assert code_from_answer(answer) is None


@given(st.text(alphabet=st.sampled_from("`~ \n\r\tab:='\"#<>think/python.,")) | st.text())
def test_never_raises(answer: str) -> None:
    code = code_from_answer(answer)
    assert code is None or code.strip()


HOSTILE = {
    "fences": "```\n" * 20_000,
    "tagged fences": "```a\n" * 5_000,
    "words with marks": "A " + "a).,;: " * 20_000 + "=",
    "colons": ": " * 50_000,
    "backticks": "`" * 100_000,
    "prose": "A b c\n" * 50_000,
    "open strings": '"""\n```\n' * 2_000,
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("answer", HOSTILE.values(), ids=HOSTILE)
def test_hostile_answers_take_linear_time(answer: str) -> None:
    code = code_from_answer(answer)
    assert code is None or code.strip()


LINES = st.lists(
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\n\r`~")), min_size=1, max_size=12
)


@given(
    LINES.filter(lambda lines: any(line.strip() for line in lines)), st.sampled_from(["```", "~~~", "`````"])
)
def test_fenced_code_comes_back_identical(lines: list[str], fence: str) -> None:
    code = "\n".join(lines) + "\n"
    assert code_from_answer(f"{fence}python\n{code}{fence}\n") == code


@given(LINES.filter(lambda lines: any(line.strip() for line in lines)))
def test_prose_around_a_fence_changes_nothing(lines: list[str]) -> None:
    code = "\n".join(lines) + "\n"
    assert code_from_answer(f"Here is the fix:\n\n```python\n{code}```\n\nIt adds a colon.\n") == code
