"""Trees: the same view of Python, JavaScript, TypeScript and PHP, with the owner's bytes and parentheses."""

from collections.abc import Iterator

import pytest

from goldseam.core.source import Edit, apply_edits
from goldseam.propose.mutating.mutant import replaced
from goldseam.propose.trees.reading import parses, read
from goldseam.propose.trees.scope import scope_of
from goldseam.propose.trees.tree import Block, Does, Expression, Kind, Role, Statement, Tree
from goldseam.propose.trees.writing import Piece

PYTHON = """\ufeffdef total(rows, limit=3):
    '''Größe.'''
    found = []
    for at, row in enumerate(rows[1:]):
        if not (row.size < limit or at == 2) and row is not None:
            found.append((row.size + 1) * -limit)
        elif row in found: continue
        else:
            found = [one for one in found if one]
    return max(found, key=lambda one: one ** 2), "ä" if rows else None
""".encode()
SCRIPT = """class Shop {
  total(rows, limit = 3) {
    const found = [];
    for (let at = 0; at < rows.length; at++) {
      if (!(rows[at].size < limit || at === 2) && rows[at] !== null) {
        found.push((rows[at].size + 1) * -limit);
      } else if (found.includes("ä")) continue;
      else {
        found.length = limit ? 0 : 1;
      }
    }
    return found.map((one) => one ** 2);
  }
}
""".encode()
TYPED = SCRIPT.replace(b"rows, limit = 3", b"rows: Row[], limit: number = 3")
PHP = """<?php
function total(array $rows, $limit = 3)
{
    $found = [];
    foreach ($rows as $at => $row) {
        if (!($row->size < $limit || $at === 2) && $row !== null) {
            $found[] = ($row->size + 1) * -$limit;
        } elseif (in_array($row, $found)) {
            continue;
        } else {
            $found = array_filter($found, fn($one) => $one);
        }
    }
    return count($found) > 0 ? "ä" . $found[0] : null;
}
""".encode()
SOURCES = {"a.py": PYTHON, "a.js": SCRIPT, "a.ts": TYPED, "a.php": PHP}


def tree_of(path: str, data: bytes | None = None) -> Tree:
    tree = read(path, SOURCES[path] if data is None else data)
    assert tree is not None
    return tree


def expressions(tree: Tree) -> Iterator[Expression]:
    for statement in tree.walk():
        yield from statement.own


def blocks(tree: Tree) -> Iterator[Block]:
    yield tree.top
    for statement in tree.walk():
        yield from statement.blocks


@pytest.mark.parametrize("path", SOURCES)
def test_texts_are_the_owners_bytes(path: str) -> None:
    tree = tree_of(path)
    for statement in tree.walk():
        assert tree.data[statement.span.start : statement.span.end].decode() == statement.text
    for expression in expressions(tree):
        assert tree.data[expression.span.start : expression.span.end].decode() == expression.text
    for token in (token for one in expressions(tree) for token in one.tokens):
        assert tree.data[token.span.start : token.span.end].decode() == token.text


@pytest.mark.parametrize("path", SOURCES)
def test_the_same_program_is_the_same_in_every_language(path: str) -> None:
    tree = tree_of(path)
    kinds = {expression.kind for expression in expressions(tree)}
    assert kinds >= {
        Kind.NAME, Kind.NUMBER, Kind.STRING, Kind.NULL, Kind.COMPARISON, Kind.LOGIC, Kind.ARITHMETIC,
        Kind.NOT, Kind.NEGATIVE, Kind.CALL, Kind.MEMBER, Kind.LIST, Kind.FUNCTION,
    }  # fmt: skip
    done = [statement.does for statement in tree.walk()]
    for does in (Does.FUNCTION, Does.ASSIGN, Does.FOR, Does.IF, Does.JUMP, Does.RETURN):
        assert does in done
    assert done.count(Does.IF) == 2
    assert sum(block.is_else for block in blocks(tree)) == 2


@pytest.mark.parametrize("path", SOURCES)
def test_an_expression_in_its_own_place_changes_nothing(path: str) -> None:
    tree = tree_of(path)
    for expression in expressions(tree):
        if expression.precedence and "\n" not in expression.text:
            change = replaced(expression, expression.piece, 0.0)
            assert apply_edits(tree.data, change.edits) == tree.data


@pytest.mark.parametrize("path", SOURCES)
def test_what_binds_loosely_takes_parentheses_only_where_it_must(path: str) -> None:
    tree = tree_of(path)
    loose = tree.writing.logic("or", Piece("x"), Piece("y"))
    for expression in expressions(tree):
        if expression.role in (Role.TARGET, Role.CALLEE) or expression.kind is Kind.OTHER:
            continue
        (edit,) = replaced(expression, loose, 0.0).edits
        bare = Edit(edit.span, loose.text.encode())
        same = _same_shape(path, apply_edits(tree.data, [bare]), apply_edits(tree.data, [edit]))
        assert (edit.replacement == bare.replacement) == same


def _same_shape(path: str, one: bytes, other: bytes) -> bool:
    """Whether two texts are read as the same expressions, parentheses aside."""
    shapes = []
    for data in (one, other):
        tree = read(path, data)
        if tree is None:
            return False
        shapes.append([(e.kind, e.text.replace("(", "").replace(")", "")) for e in expressions(tree)])
    return shapes[0] == shapes[1]


def test_blocks_know_where_statements_can_be_put() -> None:
    tree = tree_of("a.py", b"def f(a):\n    if a: return 1\n    b = 1; c = 2\n")
    by_text = {block.statements[0].text: block for block in blocks(tree) if block.statements}
    assert not by_text["return 1"].is_open
    assert not by_text["if a: return 1"].is_open, "`b = 1; c = 2` share a line"
    assert tree_of("a.php").top.statements[0].blocks[0].is_open


def test_names_and_types_in_scope() -> None:
    tree = tree_of("a.py")
    function = next(statement for statement in tree.walk() if statement.does is Does.FUNCTION)
    scope = scope_of(tree, function.blocks, {"rows": frozenset({"list"})})
    assert {"rows", "limit", "found", "at", "row", "one"} <= set(scope.names)
    assert scope.known("found") == {"list"}
    assert scope.known("at") == {"number"}
    assert scope.agree("rows", "found")
    assert not scope.agree("rows", "at")
    assert scope.bound_before("rows", 0)
    assert not scope.bound_before("found", function.span.start)


@pytest.mark.parametrize("path", [*SOURCES, "a.txt"])
@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe(", b"(" * 5_000, b"<?php " + b"[" * 2_000, b"if x:\r\n", b"# -*- coding: x -*-\n"],
)
def test_any_bytes_have_a_tree_or_none(path: str, data: bytes) -> None:
    tree = read(path, data)
    assert tree is None or all(isinstance(statement, Statement) for statement in tree.walk())


def test_what_does_not_parse_has_no_tree() -> None:
    assert read("a.py", b"def f(:\n") is None
    assert read("a.js", b"function f( {\n") is None
    assert not parses("a.php", b"<?php\nfunction f( {\n")
    assert parses("a.php", PHP)
