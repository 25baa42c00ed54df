"""Policies in YAML: the shipped one says what design §5 says; errors say what to write."""

from decimal import Decimal
from pathlib import Path

import pytest

from relance.adapters.config_files.policy_yaml import FilePolicies, read_policy
from relance.adapters.config_files.problems import ConfigRefused
from relance.application.ports import NotFound
from relance.domain.debtor import Role
from relance.domain.policy import Approval, Base, Channel, Level, Penalties
from tests.builders import POLICIES

STANDARD = (POLICIES / "standard.yaml").read_text(encoding="utf-8")


class TestStandard:
    """The table of design §5 and its shipped minima."""

    POLICY = FilePolicies(POLICIES).get("standard")

    def test_the_steps_in_order(self) -> None:
        assert [(s.key, s.level, s.base, s.after_days, s.channel) for s in self.POLICY.steps] == [
            ("delivery_check", Level.PREVENTIVE, Base.ISSUE_DATE, 3, Channel.CALL),
            ("preventive", Level.PREVENTIVE, Base.DUE_DATE, -7, Channel.EMAIL),
            ("preventive_call", Level.PREVENTIVE, Base.DUE_DATE, -7, Channel.CALL),
            ("email_1", Level.LEVEL_1, Base.DUE_DATE, 3, Channel.EMAIL),
            ("call_1", Level.LEVEL_1, Base.DUE_DATE, 7, Channel.CALL),
            ("email_2", Level.LEVEL_1, Base.DUE_DATE, 14, Channel.EMAIL),
            ("letter_2", Level.LEVEL_2, Base.DUE_DATE, 22, Channel.REGISTERED_LETTER),
            ("call_2", Level.LEVEL_2, Base.DUE_DATE, 30, Channel.CALL),
            ("email_3", Level.LEVEL_2, Base.DUE_DATE, 36, Channel.EMAIL),
            ("call_3", Level.LEVEL_3, Base.DUE_DATE, 43, Channel.CALL),
            ("formal_notice", Level.LEVEL_3, Base.DUE_DATE, 45, Channel.REGISTERED_LETTER),
            ("hand_over", Level.LITIGATION, Base.DEADLINE, 2, Channel.TASK),
        ]

    def test_the_minima(self) -> None:
        by = {step.key: step for step in self.POLICY.steps}
        calls = {s.min_item for s in self.POLICY.steps if s.channel is Channel.CALL}
        assert calls == {Decimal(500)}
        for key in ("preventive", "email_1", "email_2", "letter_2", "email_3"):
            assert by[key].min_total == 20, key
        assert by["letter_2"].letter_from == 500
        assert by["formal_notice"].min_total == 300

    def test_the_formal_notice(self) -> None:
        step = self.POLICY.step("formal_notice")
        assert step is self.POLICY.formal_notice
        assert (step.approval, step.grants_days, step.announces) == (
            Approval.CONFIRM,
            8,
            "litigation",
        )
        assert step.audience == (Role.LEGAL, Role.MANAGER)
        assert [s.key for s in self.POLICY.steps if s.approval is Approval.CONFIRM] == [step.key]

    def test_the_audiences(self) -> None:
        first = (Role.ACCOUNTS_PAYABLE, Role.BUYER, Role.MANAGER)
        second = (Role.MANAGER, Role.BUYER, Role.ACCOUNTS_PAYABLE)
        for step in self.POLICY.steps:
            if step.level in {Level.PREVENTIVE, Level.LEVEL_1}:
                assert step.audience == first, step.key
            if step.level is Level.LEVEL_2:
                assert step.audience == second, step.key

    def test_the_penalties(self) -> None:
        by = {s.key: s.penalties for s in self.POLICY.steps if s.channel.is_message}
        assert by == {
            "preventive": Penalties.NONE,
            "email_1": Penalties.MENTION,
            "email_2": Penalties.MENTION,
            "letter_2": Penalties.MENTION,
            "email_3": Penalties.MENTION,
            "formal_notice": Penalties.CLAIM,
        }


WRONG, MISSING = "config-wrong-value", "config-missing-key"
UNKNOWN = "config-unknown-key"
FIRST = "[accounts_payable, buyer, manager]"


@pytest.mark.parametrize(
    ("old", "new", "code", "field", "expected"),
    [
        ("channel: call", "channel: phone", WRONG, "steps[0].channel", "one of: email, call"),
        ("after_days: 3", "after_days: three", WRONG, "steps[0].after_days", "whole number"),
        ("min_item: 500", "min_items: 500", UNKNOWN, "steps[0].min_items", "min_item"),
        ("min_item: 500", "min_item: -1", WRONG, "steps[0].min_item", "0 or more"),
        ("min_item: 500", "min_item: 500 €", WRONG, "steps[0].min_item", "number"),
        ("    template: delivery_check\n", "", MISSING, "steps[0].template", "template"),
        ("key: preventive\n", "key: delivery_check\n", WRONG, "steps[0].key", "no other"),
        (FIRST, "[]", WRONG, "steps[0].audience", "role"),
        (FIRST, "[boss]", WRONG, "steps[0].audience[0]",
         "accounts_payable"),
        ("    grants_days: 8\n", "", "policy-grants-days", "steps[10].grants_days", "8"),
        ("level: level_1", "level: litigation", "policy-level-back", "steps[4].level",
         "litigation"),
        ("base: due_date", "base: deadline", "policy-no-deadline", "steps[1].base", "due_date"),
        ("    min_total: 20\n", "    letter_from: 5\n", WRONG, "steps[1].letter_from",
         "registered"),
    ],
)  # fmt: skip
def test_an_error_says_line_field_and_what_to_write(
    old: str, new: str, code: str, field: str, expected: str
) -> None:
    assert old in STANDARD
    with pytest.raises(ConfigRefused) as caught:
        read_policy(STANDARD.replace(old, new, 1).encode(), name="standard.yaml")
    found = {problem.field: problem for problem in caught.value.problems}[field]
    assert found.code == code
    assert expected in found.expected
    lines = STANDARD.replace(old, new, 1).splitlines()
    name = field.rpartition(".")[2].partition("[")[0]
    assert name in lines[found.line - 1] or lines[found.line - 1].startswith("  - key:")


def test_no_step_at_all() -> None:
    with pytest.raises(ConfigRefused):
        read_policy(b"name: x\nsteps: []\n", name="x.yaml")


@pytest.mark.parametrize("name", ["unknown", "../standard", "", "standard.yaml", "Standard"])
def test_an_unknown_policy(name: str) -> None:
    with pytest.raises(NotFound):
        FilePolicies(POLICIES).get(name)


def test_a_policy_is_named_as_its_file(tmp_path: Path) -> None:
    (tmp_path / "soft.yaml").write_text(STANDARD, encoding="utf-8")
    with pytest.raises(ConfigRefused):
        FilePolicies(tmp_path).get("soft")
    (tmp_path / "soft.yaml").write_text(STANDARD.replace("name: standard", "name: soft"))
    policies = FilePolicies(tmp_path)
    assert policies.get("soft") is policies.get("soft")
    assert policies.names() == {"soft"}
