"""The table of guards stays true: every line it names exists once, every test it names too."""

import ast

import pytest

from tests.guards.try_guards import PACKAGE, ROOT, Guard, load_guards

GUARDS = load_guards()


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.rule)
def test_the_guarded_line_occurs_once(guard: Guard) -> None:
    text = (ROOT / PACKAGE / guard.file).read_text(encoding="utf-8")
    assert text.count(f"{guard.line}\n") == 1


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.rule)
def test_the_named_test_exists(guard: Guard) -> None:
    file, _, name = guard.test.partition("[")[0].partition("::")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    nodes: list[ast.stmt] = tree.body
    *classes, test = name.split("::")
    for one in classes:
        found = [n for n in nodes if isinstance(n, ast.ClassDef) and n.name == one]
        nodes = [node for group in found for node in group.body]
    assert test in {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
