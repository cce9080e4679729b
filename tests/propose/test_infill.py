"""The infill rung, with a model that fills holes or answers questions from a script."""

from dataclasses import replace

import pytest

from goldseam.core.budget import Budget, Tokens
from goldseam.core.candidate import Batch, Verdict
from goldseam.core.case import Case
from goldseam.core.fault import Code, Fault, Suspect
from goldseam.core.incident import Frame, Incident, OracleSpec
from goldseam.core.observation import Failure, Observation
from goldseam.core.ports import Completion, Prompt
from goldseam.core.source import Snapshot, Span
from goldseam.languages.javascript import JAVASCRIPT
from goldseam.languages.php import PHP
from goldseam.languages.python import PYTHON
from goldseam.propose.asking.spots import MOST_SPOTS
from goldseam.propose.infill import WARM, Infill
from goldseam.testing import ScriptedModel

LANGUAGES = (PYTHON, JAVASCRIPT, PHP)
RATED = '''\
RATE = 3


def price(count):
    """What so many cost."""
    if count > 10:
        count -= 1
    return count


print(price(4))
'''
BARE = RATED.replace('    """What so many cost."""\n', "")
RED = Verdict(False, (("run", False),), (1.0, 1.0), "still wrong", Observation())


def suspect(text: str, line: str, path: str) -> Suspect:
    start = text.encode().index(line.encode())
    number = text[: text.index(line)].count("\n") + 1
    return Suspect(path, number, number, Span(start, start + len(line.encode())), "return", 0.9, 0.9)


def case(text: str, *lines: str, path: str = "shop.py", **more: object) -> Case:
    incident = Incident(path, (path,), "fails", OracleSpec(test="pytest"))
    snapshot = Snapshot({path: text.encode()})
    suspects = tuple(suspect(text, line, path) for line in lines)
    return replace(Case(incident, snapshot, snapshot, RED, suspects=suspects), **more)


def batches(model: ScriptedModel, at: Case, most: int = 100) -> list[Batch]:
    conversation, found = Infill(model, LANGUAGES, 7).propose(at, Budget()), []
    batch = next(conversation, None)
    while batch is not None:
        found.append(batch)
        if len(found) == most:
            break
        try:
            batch = conversation.send(tuple(RED for _ in batch.candidates))
        except StopIteration:
            break
    return found


def after(at: Case, batch: Batch, place: int = 0) -> str:
    (data,) = at.current.apply(batch.candidates[place].patch).files.values()
    return data.decode()


def test_the_block_from_the_suspicious_line_on_is_filled_first() -> None:
    model = ScriptedModel([], [("    return count * RATE\n",)])
    at = case(RATED, "return count")
    (batch,) = batches(model, at, 1)
    assert after(at, batch) == RATED.replace("return count", "return count * RATE")
    (candidate,) = batch.candidates
    assert (candidate.rung, candidate.fixer) == ("infill", "infill")
    assert batch.tokens.total > 0
    (hole,) = model.holes
    assert hole.temperature == 0
    assert hole.prefix.startswith("RATE = 3\n\n\ndef price(count):\n")
    assert hole.prefix.endswith("        count -= 1\n")
    assert hole.suffix.strip() == "print(price(4))"


def test_failing_tests_are_told_as_code_and_what_should_be_printed() -> None:
    frames = (
        Frame("test_shop.py", 9, "t", "assert price(2) == 6"),
        Frame("shop.py", 3, "price", "return count"),
        Frame("/usr/lib/python3.11/unittest/case.py", 3, "fail", "raise self.failureException(msg)"),
    )
    seen = Observation(failures=(Failure("AssertionError", "", frames),), expected=b"12\n")
    model = ScriptedModel([], [("    return 1\n",)])
    batches(model, case(RATED, "return count", traced=seen), 1)
    assert model.holes[0].beside == (("tests", "assert price(2) == 6\n"), ("expected output", "12\n"))


def test_what_changes_nothing_or_does_not_parse_or_came_before_is_no_candidate() -> None:
    written = [("    return count  # as before\n",), ("        count = (\n",), ("    return 5\n",)]
    model = ScriptedModel([], [*written, ("    return  5\n",) * 3])
    found = batches(model, case(RATED, "return count", "count -= 1", "if count > 10:"), 3)
    assert [len(batch.candidates) for batch in found] == [0, 1, 0]
    assert found[0].rejected == ("it says the same as before",)
    assert "it does not parse" in found[1].rejected


def test_samples_are_one_batch_each_text_once() -> None:
    same = ("    return count\n",)
    samples = ("    return 1\n", "    return 2\n", "    return  1\n")
    model = ScriptedModel([], [same, same, same, samples])
    found = batches(model, case(RATED, "return count"))
    warm = next(batch for batch in found if len(batch.candidates) == 2)
    assert warm.rejected == ("it says the same as before",)
    assert {hole.temperature for hole in model.holes} == {0.0, WARM}
    assert all(hole.samples == 3 for hole in model.holes if hole.temperature)
    seeds = [hole.seed + number for hole in model.holes for number in range(hole.samples) if hole.seed]
    assert len(seeds) == len(set(seeds))


def test_the_body_is_written_anew_where_the_function_says_what_it_does() -> None:
    documented, bare = (ScriptedModel(["none"] * 9, [("    return 0\n",)] * 9) for _ in range(2))
    batches(documented, case(RATED, "return count"))
    batches(bare, case(BARE, "return count"))
    body = [hole for hole in documented.holes if hole.prefix.endswith('"""What so many cost."""\n')]
    assert {hole.temperature for hole in body} == {0.0, WARM}
    assert not any(hole.prefix.endswith("def price(count):\n") for hole in bare.holes)
    assert "The function has a bug" in bare.prompts[0].system
    assert "RATE = 3" in bare.prompts[0].user


def test_a_bare_rewrite_is_a_candidate() -> None:
    model = ScriptedModel(["```python\ndef price(count):\n    return count * RATE\n```"], [("    x\n",)] * 9)
    at = case(BARE, "return count")
    rewritten = next(batch for batch in batches(model, at) if batch.tokens.completion > 8)
    assert "return count * RATE" in after(at, rewritten)


@pytest.mark.parametrize(
    ("path", "text", "line", "written", "expected"),
    [
        (
            "shop.js",
            "const RATE = 3;\n\nfunction price(count) {\n  return count;\n}\n",
            "return count;",
            "  return count * RATE;\n",
            "const RATE = 3;\n\nfunction price(count) {\n  return count * RATE;\n}\n",
        ),
        (
            "shop.php",
            "<?php\r\nfunction price($count) {\r\n\treturn $count;\r\n}\r\n",
            "return $count;",
            "\treturn $count * 3;\n",
            "<?php\r\nfunction price($count) {\r\n\treturn $count * 3;\r\n}\r\n",
        ),
        (
            "shop.py",
            "class Shop:\n    def price(self, count):\n        return count\n",
            "return count",
            "        return count * 3\n",
            "class Shop:\n    def price(self, count):\n        return count * 3\n",
        ),
    ],
)
def test_other_languages_line_ends_and_methods(
    path: str, text: str, line: str, written: str, expected: str
) -> None:
    at = case(text, line, path=path)
    (batch,) = batches(ScriptedModel([], [(written,)]), at, 1)
    assert after(at, batch) == expected


def test_outside_of_functions_only_statements_and_indented_blocks() -> None:
    model = ScriptedModel([], [("print(price(5))\n",)] * 9)
    at = case(RATED, "print(price(4))")
    found = batches(model, at)
    assert after(at, found[0]) == RATED.replace("price(4)", "price(5)")
    assert model.holes[0].stop == ("\n",)


def test_sure_faults_come_before_suspects_and_there_is_an_end_of_them() -> None:
    text = "def f():\n" + "".join(f"    x{number} = {number}\n" for number in range(20))
    sure = Fault(Code.RUN_KEY, "shop.py", Span(text.index("x9"), text.index("x9") + 2), "m", "h")
    at = case(text, *(f"x{number} = {number}" for number in (3, 5, 7, 11, 13, 15)), faults=(sure,))
    model = ScriptedModel(["none"] * 9, [("    y = 1\n",)] * 40)
    batches(model, at)
    assert model.holes[0].prefix.endswith("    x8 = 8\n")
    assert (
        len({hole.prefix for hole in model.holes if hole.stop == ("\n",) and not hole.temperature})
        <= MOST_SPOTS
    )


def test_a_model_that_writes_nothing_of_use_costs_what_it_costs() -> None:
    found = batches(ScriptedModel([], []), case(RATED, "return count"), 1)
    assert found == [Batch(tokens=Tokens(), rejected=("the script has no more fillings",))]


def test_a_file_of_no_known_language_and_one_without_functions_get_nothing() -> None:
    model = ScriptedModel([], [("x\n",)])
    assert batches(model, case("return count\n", "return count", path="a.txt")) == []
    assert batches(model, case("x = 1\n")) == []
    assert model.holes == []


def test_where_no_place_is_known_the_functions_are_written_anew() -> None:
    model = ScriptedModel([], [("    return count * RATE\n",)])
    at = case(RATED)
    (batch,) = batches(model, at, 1)
    assert model.holes[0].prefix.endswith('"""What so many cost."""\n')
    assert 'many cost."""\n    return count * RATE\n\n\nprint' in after(at, batch)


def test_a_chat_model_is_shown_numbered_lines_and_gives_back_some() -> None:
    model = ScriptedModel(["```python\nreturn count * RATE\n```"])
    at = case(RATED, "return count")
    (batch,) = batches(model, at, 1)
    assert after(at, batch) == RATED.replace("return count", "return count * RATE")
    (prompt,) = model.prompts
    assert "5 |     return count" in prompt.user
    assert prompt.user.endswith("Write line 5 anew:")
    assert "RATE = 3" in prompt.user


def test_a_chat_model_that_gives_back_the_whole_function_is_taken_at_its_word() -> None:
    function = 'def price(count):\n    """What so many cost."""\n    return count * RATE'
    at = case(RATED, "return count")
    (batch,) = batches(ScriptedModel([f"```python\n{function}\n```"]), at, 1)
    assert after(at, batch) == f"RATE = 3\n\n\n{function}\n\n\nprint(price(4))\n"


def test_a_secret_that_a_chat_model_was_not_shown_stays_where_it_was() -> None:
    class Masked(ScriptedModel):
        def complete(self, prompt: Prompt) -> Completion:
            return replace(super().complete(prompt), hidden=("count -= 1", "REDACTED_"))

    at = case(RATED, "return count")
    kept = Masked(["```python\nreturn 5\n```"])
    lost = Masked(["```python\ndef price(count):\n    return 5\n```"])
    assert len(batches(kept, at, 1)[0].candidates) == 1
    assert batches(lost, at, 1)[0].rejected == ("it lost or copied a secret that the model was not shown",)
