"""The page of the rules, clause by clause: docs/rules.md out of rules.yaml.

usage: python -m tests.guards.rules_page
"""

from pathlib import Path
from typing import Any

import yaml

from relance.adapters.messages.reasons import reason_sentence
from tests.guards.try_guards import ROOT, load_guards

RULES = Path(__file__).with_name("rules.yaml")
PAGE = ROOT / "docs" / "rules.md"

HEAD = """# The rules of the escalation, clause by clause

What each rule says, a test that tells it by dates (`tests/scenarios`), the invariant of the state
machine (`tests/scenarios/test_state_machine.py`) that no life may break, and the test that fails
when the line that keeps it is removed ([guards.md](guards.md) has the lines). Written by
`python -m tests.guards.rules_page` from `tests/guards/rules.yaml`.
`tests/guards/test_rules_page.py` checks that nothing named here is missing and that no reason of a
decision is forgotten.
"""


def load_rules() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    return found


def clauses() -> list[dict[str, Any]]:
    return [clause for rule in load_rules()["rules"] for clause in rule["clauses"]]


def codes() -> set[str]:
    return {code for clause in clauses() for code in clause["codes"]}


def as_markdown() -> str:
    tests = {guard.rule: guard.test for guard in load_guards()}
    parts = [HEAD]
    for rule in load_rules()["rules"]:
        parts.append(f"\n## {rule['title']}\n")
        parts.append("| clause | reasons | by dates | invariant | fails without its line |")
        parts.append("|---|---|---|---|---|")
        parts += [_row(clause, tests) for clause in rule["clauses"]]
    parts.append("\n## The reasons, in words\n\n| code | sentence |\n|---|---|")
    parts += [f"| `{code}` | {reason_sentence(code, 'en')} |" for code in sorted(codes())]
    return "\n".join(parts) + "\n"


def _row(clause: dict[str, Any], tests: dict[str, str]) -> str:
    reasons = ", ".join(f"`{code}`" for code in clause["codes"])
    cells = [clause["clause"], reasons, f"`{clause['example']}`", f"`{clause['property']}`"]
    return f"| {' | '.join(cells)} | `{tests[clause['guard']]}` |"


if __name__ == "__main__":
    PAGE.write_text(as_markdown(), encoding="utf-8")
