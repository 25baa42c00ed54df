"""The page of the rules stays true: what it names exists, no reason of a decision is missing."""

import ast
from pathlib import Path
from typing import Any

import pytest

from relance.adapters.messages.reasons import REASONS
from tests.guards.rules_page import PAGE, as_markdown, clauses, codes, load_rules
from tests.guards.try_guards import PACKAGE, ROOT, load_guards
from tests.scenarios.test_state_machine import AnyCase

CORE = ROOT / PACKAGE.parent
DECIDER = "relance.domain.escalation.decide"
CLAUSES = clauses()
GUARDED = {guard.rule for guard in load_guards()}


def modules_of(name: str, known: set[str]) -> set[str]:
    """That module of the domain and all that it imports there."""
    path = _path(name)
    if name in known or path is None:
        return known
    known.add(name)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("relance.domain"):
            modules_of(node.module or "", known)
    return known


def _path(name: str) -> Path | None:
    path = CORE / f"{name.replace('.', '/')}.py"
    return path if path.exists() else None


def codes_that_decide_may_give() -> set[str]:
    """Each reason of the catalogue that is written in what the decider imports."""
    found: set[str] = set()
    for name in modules_of(DECIDER, set()):
        path = _path(name)
        assert path is not None
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        texts = (node.value for node in nodes if isinstance(node, ast.Constant))
        found |= {text for text in texts if isinstance(text, str) and text in REASONS}
    return found


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda one: one["clause"])
def test_what_a_clause_names_exists(clause: dict[str, Any]) -> None:
    assert set(clause["codes"]) <= set(REASONS)
    assert clause["guard"] in GUARDED
    file, _, name = clause["example"].partition("::")
    tree = ast.parse((ROOT / "tests/scenarios" / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    invariant = getattr(AnyCase, clause["property"])
    assert hasattr(invariant, "hypothesis_stateful_invariant")


def test_no_reason_of_a_decision_is_forgotten() -> None:
    elsewhere = {code for found in load_rules()["elsewhere"].values() for code in found}
    assert codes_that_decide_may_give() == (codes() & codes_that_decide_may_give()) | elsewhere
    assert not codes() & elsewhere


def test_every_invariant_of_the_state_machine_covers_a_clause() -> None:
    named = {
        name
        for name in vars(AnyCase)
        if hasattr(getattr(AnyCase, name), "hypothesis_stateful_invariant")
    }
    assert named == {clause["property"] for clause in CLAUSES}


def test_the_page_is_the_one_that_the_table_gives() -> None:
    """If not: `python -m tests.guards.rules_page`."""
    assert PAGE.read_text(encoding="utf-8") == as_markdown()
