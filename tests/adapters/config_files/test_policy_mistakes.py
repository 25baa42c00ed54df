"""Policies with mistakes are refused with what a finance person can act on: the file, the line, the
field, what to write instead, in French and in English.
"""

import json
from pathlib import Path

import pytest

from relance.adapters.config_files.policy_schema import policy_schema
from relance.adapters.config_files.policy_yaml import Surroundings, read_policy
from relance.adapters.config_files.problems import ConfigRefused, Problem
from relance.adapters.holiday_calendars import HolidayCalendars
from relance.adapters.messages.config_expected import expected_in
from relance.adapters.messages.config_messages import SENTENCES, config_sentence
from relance.adapters.messages.import_messages import import_sentence
from relance.domain.debtor import PayerProfile
from tests.builders import POLICIES, SHIPPED

ROOT = Path(__file__).parents[3]
AROUND = Surroundings(ROOT / "templates", HolidayCalendars().knows, SHIPPED.names())
STANDARD = (POLICIES / "standard.yaml").read_text(encoding="utf-8")
PLAIN = STANDARD[: STANDARD.index("\n# What changes")]


def refused(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ConfigRefused) as caught:
        read_policy(text.encode(), name="policy.yaml", surroundings=AROUND)
    assert caught.value.detail["file"] == "policy.yaml"
    return caught.value.problems


def changed(key: str, old: str, new: str) -> str:
    """The shipped policy without its profiles, and a line of that step as it should not be."""
    start = PLAIN.index(f"- key: {key}\n")
    assert old in PLAIN[start:]
    return PLAIN[:start] + PLAIN[start:].replace(old, new, 1)


def with_changes(text: str) -> str:
    return PLAIN + "\n" + text


def between(first: str, after: str) -> str:
    """The steps of the shipped policy from the one to the other, as they are written."""
    return PLAIN[PLAIN.index(f"  - key: {first}\n") : PLAIN.index(f"  - key: {after}\n")]


BEFORE_CALL_3 = between("call_1", "call_3")
NOTICE = between("formal_notice", "hand_over")
HAND_OVER = PLAIN[PLAIN.index("  - key: hand_over\n") :]
SECOND_NOTICE = NOTICE.replace("key: formal_notice", "key: notice_2").replace(": 45", ": 60")
SHORT = "profiles:\n  bad_payer:\n"
MISTAKES = {
    "a level planned before the end of the one below": (
        changed("email_2", "after_days: 14", "after_days: 24"),
        "policy-levels-overlap",
        "steps[6].after_days",
        "25",
    ),
    "a step on the day of the one before it": (
        changed("email_2", "after_days: 14", "after_days: 7"),
        "policy-no-gap",
        "steps[5].after_days",
        "8",
    ),
    "a step before the one before it": (
        changed("email_2", "after_days: 14", "after_days: 5"),
        "policy-no-gap",
        "steps[5].after_days",
        "8",
    ),
    "two preventive messages on one day": (
        changed("preventive_call", "channel: call", "channel: email").replace(
            "template: preventive_call", "template: preventive"
        ),
        "policy-no-gap",
        "steps[2].after_days",
        "-6",
    ),
    "a level that goes back": (
        changed("call_2", "level: level_2", "level: level_1"),
        "policy-level-back",
        "steps[7].level",
        "level_2",
    ),
    "a template that nobody wrote": (
        changed("email_1", "template: level_1", "template: level_one"),
        "policy-no-template",
        "steps[3].template",
        "one of: formal_notice, level_1, ",
    ),
    "a reminder in the words of an answer": (
        changed("email_1", "template: level_1", "template: promise_recap"),
        "policy-no-template",
        "steps[3].template",
        "one of: formal_notice, level_1, ",
    ),
    "a letter by a template that is only an e-mail's": (
        changed("letter_2", "template: level_2", "template: level_1"),
        "policy-no-template",
        "steps[6].template",
        "one of: formal_notice, level_2",
    ),
    "something to follow that no template says": (
        changed("formal_notice", "announces: litigation", "announces: thunder"),
        "config-wrong-value",
        "steps[10].announces",
        "one of: factor, formal_notice, insurer, judicial_officer, litigation",
    ),
    "a formal notice that no person approves": (
        changed("formal_notice", "approval: confirm", "approval: auto"),
        "policy-approval-auto",
        "steps[10].approval",
        "confirm",
    ),
    "a formal notice that says nothing of its approval": (
        changed("formal_notice", "    approval: confirm\n", ""),
        "policy-approval-auto",
        "steps[10].approval",
        "confirm",
    ),
    "a formal notice after two reminders": (
        PLAIN.replace("reminders_before_formal_notice: 3", "reminders_before_formal_notice: 2"),
        "policy-too-few-reminders",
        "reminders_before_formal_notice",
        "3",
    ),
    "an unknown role": (
        changed("email_1", "[accounts_payable, buyer", "[accounts_payable, boss"),
        "config-wrong-value",
        "steps[3].audience[1]",
        "one of: accounts_payable, buyer, manager, legal",
    ),
    "an unknown region": (
        with_changes("holidays: FR-99\n"),
        "policy-unknown-region",
        "holidays",
        "FR-57",
    ),
    "an unknown currency": (
        changed("email_1", "min_total: 20", "min_total: {EUR: 20, EURO: 25}"),
        "policy-unknown-currency",
        "steps[3].min_total.EURO",
        "three letters",
    ),
    "no currency at all": (
        changed("email_1", "min_total: 20", "min_total: {}"),
        "config-wrong-value",
        "steps[3].min_total",
        "one per currency",
    ),
    "a negative minimum of one currency": (
        changed("email_1", "min_total: 20", "min_total: {EUR: 20, USD: -1}"),
        "config-wrong-value",
        "steps[3].min_total",
        "0 or more",
    ),
    "an amount that is none in one currency": (
        changed("email_1", "min_total: 20", "min_total: {EUR: 20, USD: vingt}"),
        "config-wrong-value",
        "steps[3].min_total.USD",
        "number",
    ),
    "a list where a minimum stands": (
        changed("email_1", "min_total: 20", "min_total: [20]"),
        "config-wrong-value",
        "steps[3].min_total",
        "number",
    ),
    "currencies where one figure stands": (
        with_changes("letters_budget_per_month: {EUR: 20}\n"),
        "config-wrong-value",
        "letters_budget_per_month",
        "number",
    ),
    "a task before the hand-over": (
        changed("call_1", "channel: call", "channel: task"),
        "policy-task-level",
        "steps[4].channel",
        "one of: email, call, registered_letter, letter",
    ),
    "a hand-over by e-mail": (
        changed("hand_over", "channel: task", "channel: email").replace(
            "template: hand_over", "template: level_2"
        ),
        "policy-hand-over-channel",
        "steps[11].channel",
        "task",
    ),
    "a second formal notice": (
        PLAIN.replace(HAND_OVER, SECOND_NOTICE + HAND_OVER),
        "policy-second-formal-notice",
        "steps[11].channel",
        "call",
    ),
    "a formal notice by e-mail": (
        changed("formal_notice", "channel: registered_letter", "channel: email"),
        "policy-formal-channel",
        "steps[10].channel",
        "registered_letter",
    ),
    "a formal notice by a plain letter": (
        changed("formal_notice", "channel: registered_letter", "channel: letter"),
        "policy-formal-channel",
        "steps[10].channel",
        "registered_letter",
    ),
    "a formal notice of another name": (
        changed("formal_notice", "key: formal_notice", "key: mise_en_demeure"),
        "policy-formal-key",
        "steps[10].key",
        "formal_notice",
    ),
    "another step of its name": (
        changed("formal_notice", "channel: registered_letter", "channel: call").replace(
            HAND_OVER, ""
        ),
        "config-wrong-value",
        "steps[10].key",
        "another name",
    ),
    "a formal notice that nothing follows": (
        PLAIN.replace(HAND_OVER, ""),
        "policy-no-hand-over",
        "steps[10].key",
        "base: deadline",
    ),
    "a hand-over before the announced date": (
        changed("hand_over", "base: deadline", "base: due_date").replace(
            "after_days: 2\n    channel: task", "after_days: 50\n    channel: task"
        ),
        "policy-hand-over-date",
        "steps[11].base",
        "deadline",
    ),
    "a hand-over on the announced date": (
        changed("hand_over", "after_days: 2", "after_days: 0"),
        "config-wrong-value",
        "steps[11].after_days",
        "1 to 730",
    ),
    "a step in eleven thousand years": (
        changed("formal_notice", "after_days: 45", "after_days: 4000000"),
        "config-wrong-value",
        "steps[10].after_days",
        "-365 to 730",
    ),
    "a step years before": (
        changed("delivery_check", "after_days: 3", "after_days: -366"),
        "config-wrong-value",
        "steps[0].after_days",
        "-365 to 730",
    ),
    "more than a year to pay": (
        changed("formal_notice", "grants_days: 8", "grants_days: 366"),
        "config-wrong-value",
        "steps[10].grants_days",
        "1 to 365",
    ),
    "no days to pay": (
        changed("formal_notice", "grants_days: 8", "grants_days: 0"),
        "policy-grants-days",
        "steps[10].grants_days",
        "8",
    ),
    "more than a year before the printed date": (
        PLAIN.replace("formal_notice_days: 15", "formal_notice_days: 99999999"),
        "config-wrong-value",
        "formal_notice_days",
        "1 to 365",
    ),
    "more reminders than there are steps": (
        PLAIN.replace("reminders_before_formal_notice: 3", "reminders_before_formal_notice: 8"),
        "policy-too-many-reminders",
        "reminders_before_formal_notice",
        "7",
    ),
    "too few steps before the formal notice": (
        PLAIN.replace(BEFORE_CALL_3, ""),
        "policy-reminders-missing",
        "steps[5].key",
        "level_1",
    ),
    "a quiet year": (
        with_changes("quiet_periods:\n  - {first: [1, 1], last: [12, 31]}\n"),
        "config-wrong-value",
        "quiet_periods",
        "90 days",
    ),
    "periods that make a quiet year together": (
        with_changes(
            "quiet_periods:\n  - {first: [1, 1], last: [5, 31]}\n"
            "  - {first: [9, 1], last: [1, 15]}\n  - {first: [6, 1], last: [6, 3]}\n"
        ),
        "config-wrong-value",
        "quiet_periods",
        "90 days",
    ),
    "a day that does not exist": (
        with_changes("quiet_periods:\n  - {first: [2, 30], last: [8, 22]}\n"),
        "config-wrong-value",
        "quiet_periods[0].first",
        "[8, 1]",
    ),
    "nothing once overdue": (
        PLAIN[: PLAIN.index("  - key: email_1")],
        "policy-only-preventive",
        "steps[2].level",
        "level_1",
    ),
    "a window that closes before it opens": (
        with_changes("send_from: 17:00\nsend_until: 09:00\n"),
        "config-wrong-value",
        "send_until",
        "after send_from",
    ),
    "a Saturday": (
        with_changes("days: [mon, sat]\n"),
        "config-wrong-value",
        "days[1]",
        "one of: mon, tue, wed, thu, fri",
    ),
    "no day": (with_changes("days: []\n"), "config-wrong-value", "days", "at least one day"),
    "a month that does not exist": (
        with_changes("quiet_periods:\n  - {first: [13, 1], last: [8, 22]}\n"),
        "config-wrong-value",
        "quiet_periods[0].first",
        "[8, 1]",
    ),
    "no contact at all": (
        with_changes("max_contacts_in_7_days: 0\n"),
        "config-wrong-value",
        "max_contacts_in_7_days",
        "1 or more",
    ),
    "gaps upside down": (
        with_changes("min_gap_days: 5\nmax_gap_days: 4\n"),
        "config-wrong-value",
        "max_gap_days",
        "5 or more",
    ),
    "a profile named insolvent": (
        with_changes("profiles:\n  insolvent:\n    late_gap_days: 5\n"),
        "policy-profile-insolvent",
        "profiles.insolvent",
        "short_of_cash",
    ),
    "a profile named in French": (
        with_changes("profiles:\n  mauvais payeur:\n    late_gap_days: 5\n"),
        "policy-unknown-profile",
        "profiles.mauvais payeur",
        "bad_payer",
    ),
    "a profile that nobody knows": (
        with_changes("profiles:\n  martian:\n    late_gap_days: 5\n"),
        "policy-unknown-profile",
        "profiles.martian",
        "one of: negligent, bad_payer",
    ),
    "a change of an unknown step": (
        with_changes(SHORT + "    steps:\n      email_9: {after_days: 5}\n"),
        "policy-unknown-step",
        "profiles.bad_payer.steps.email_9",
        "email_1",
    ),
    "an unknown step to do without": (
        with_changes("debtors:\n  C001:\n    without: [call_1, call_9]\n"),
        "policy-unknown-step",
        "debtors.C001.without[1]",
        "call_2",
    ),
    "a misspelt field of a change": (
        with_changes(SHORT + "    steps:\n      email_1: {after_day: 5}\n"),
        "config-unknown-key",
        "profiles.bad_payer.steps.email_1.after_day",
        "after_days",
    ),
    "what only the whole creditor has": (
        with_changes("debtors:\n  C001:\n    max_letters_per_day: 3\n"),
        "policy-creditor-wide",
        "debtors.C001.max_letters_per_day",
        "max_letters_per_day",
    ),
    "a change that makes two levels overlap": (
        with_changes(SHORT + "    steps:\n      email_2: {after_days: 23}\n"),
        "policy-levels-overlap",
        "profiles.bad_payer.steps.letter_2.after_days",
        "24",
    ),
    "a change that makes a level go back": (
        with_changes(SHORT + "    steps:\n      call_1: {level: level_2}\n"),
        "policy-level-back",
        "profiles.bad_payer.steps.email_2.level",
        "level_2",
    ),
    "a change that approves a formal notice by itself": (
        with_changes("debtors:\n  C001:\n    steps:\n      formal_notice: {approval: auto}\n"),
        "policy-approval-auto",
        "debtors.C001.steps.formal_notice.approval",
        "confirm",
    ),
    "a formal notice sooner for some": (
        with_changes(SHORT + "    reminders_before_formal_notice: 1\n"),
        "policy-too-few-reminders",
        "profiles.bad_payer.reminders_before_formal_notice",
        "3",
    ),
    "a hand-over without the notice that announces it": (
        with_changes(SHORT + "    without: [formal_notice]\n"),
        "policy-no-deadline",
        "profiles.bad_payer.steps.hand_over.base",
        "due_date",
    ),
    "a template of a change that nobody wrote": (
        with_changes(SHORT + "    steps:\n      email_1: {template: harsh}\n"),
        "policy-no-template",
        "profiles.bad_payer.steps.email_1.template",
        "level_1",
    ),
    "no hand-over for one": (
        with_changes("debtors:\n  C001:\n    without: [hand_over]\n"),
        "policy-no-hand-over",
        "debtors.C001.steps.formal_notice.key",
        "base: deadline",
    ),
    "more reminders than one profile gets": (
        with_changes(SHORT + "    reminders_before_formal_notice: 8\n"),
        "policy-too-many-reminders",
        "profiles.bad_payer.reminders_before_formal_notice",
        "7",
    ),
    "fewer reminders than it takes for one profile": (
        with_changes(SHORT + "    without: [email_1, call_1, email_2, letter_2, call_2]\n"),
        "policy-reminders-missing",
        "profiles.bad_payer.steps.formal_notice.key",
        "level_1",
    ),
    "a formal notice by e-mail for one": (
        with_changes("debtors:\n  C001:\n    steps:\n      formal_notice: {channel: email}\n"),
        "policy-formal-channel",
        "debtors.C001.steps.formal_notice.channel",
        "registered_letter",
    ),
    "changes that are sound alone and not together": (
        with_changes(
            SHORT + "    steps:\n      email_2: {after_days: 21}\n"
            "debtors:\n  C001:\n    steps:\n      letter_2: {after_days: 20}\n"
        ),
        "policy-levels-overlap",
        "debtors.C001.steps.letter_2.after_days",
        "22",
    ),
}  # fmt: skip
KINDS = {
    "a list of figures": with_changes("min_gap_days: [1]\n"),
    "a fraction": with_changes("min_gap_days: 1.5\n"),
    "figures of a profile that are none": with_changes("profiles: 3\n"),
    "a list of profiles": with_changes("profiles: [a]\n"),
    "no number": with_changes("letters_budget_per_month: NaN\n"),
    "thousands of digits": with_changes("min_gap_days: " + "9" * 5000 + "\n"),
    "no time": with_changes("send_from: [1]\n"),
    "a long period": with_changes("quiet_periods:\n  - {first: [8, 1, 2], last: [8, 22]}\n"),
    "no periods": with_changes("quiet_periods: august\n"),
    "a name in two": PLAIN.replace("name: standard", "name: [standard]"),
}
BROUGHT_ABOUT = {
    "email_2: {after_days: 23}",
    "call_1: {level: level_2}",
    "without: [formal_notice]",
    "without: [hand_over]",
    "without: [email_1, call_1, email_2, letter_2, call_2]",
}
"""What nobody wrote in a change is told at the line that brought it about."""


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_says_where_and_what_to_write(name: str) -> None:
    text, code, field, expected = MISTAKES[name]
    (problem,) = refused(text)
    assert (problem.code, problem.field) == (code, field)
    assert expected in problem.expected
    last = str(problem.path[-1] if isinstance(problem.path[-1], str) else problem.path[-2])
    line = text.splitlines()[problem.line - 1]
    assert last in line or line.startswith("  - key:") or line.strip() in BROUGHT_ABOUT


@pytest.mark.parametrize("name", MISTAKES)
def test_it_says_so_in_both_languages(name: str) -> None:
    (problem,) = refused(MISTAKES[name][0])
    detail = problem.detail("policy.yaml")
    french = import_sentence(problem.code, "fr", detail)
    english = import_sentence(problem.code, "en", detail)
    for text, language in ((french, "fr"), (english, "en")):
        assert f"{problem.line}" in text
        assert problem.field in text
        assert expected_in(language, problem.expected) in text
    words = " or more", "one of", "at least", "e.g.", " a "
    assert not [word for word in words if word in french], french


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_no_sentence_lacks_a_word(code: str) -> None:
    detail = {"file": "f", "line": "3", "field": "x", "expected": "y"}
    detail |= {"opens": "10:00", "closes": "09:00"}
    french, english = (config_sentence(code, language, detail) for language in ("fr", "en"))
    assert french
    assert english
    assert french != english
    assert "?" not in french + english


@pytest.mark.parametrize("error", [*KINDS])
def test_no_word_of_the_validator_reaches_a_reader(error: str) -> None:
    (problem,) = refused(KINDS[error])
    assert expected_in("fr", problem.expected) != problem.expected


def test_a_letter_says_on_paper_what_its_e_mail_says() -> None:
    text = changed("letter_2", "channel: registered_letter", "channel: letter")
    text = text.replace("template: level_2\n", "template: level_1\n").replace(
        "    letter_from: 500\n", ""
    )
    assert read_policy(text.encode(), name="policy.yaml", surroundings=AROUND)


def test_all_mistakes_are_told_at_once() -> None:
    text = changed("email_1", "min_total: 20", "min_total: vingt") + "\nprofiles: {insolvent: {}}\n"
    assert {problem.code for problem in refused(text)} == {
        "config-wrong-value",
        "policy-profile-insolvent",
    }


def test_a_preventive_call_may_go_with_its_message() -> None:
    assert read_policy(PLAIN.encode(), name="standard.yaml", surroundings=AROUND)


@pytest.mark.parametrize("name", sorted(SHIPPED.names()))
def test_the_shipped_policies_pass(name: str) -> None:
    content = (POLICIES / f"{name}.yaml").read_bytes()
    policy = read_policy(content, name=f"{name}.yaml", surroundings=AROUND)
    assert policy == SHIPPED.get(name)
    assert set(policy.profiles) <= set(PayerProfile)
    assert (policy.holidays, policy.send_from, policy.days) == (None, None, None)


def test_all_that_may_be_said_at_once() -> None:
    text = PLAIN + (
        "\nsend_from: 09:30\nsend_until: 16:00\ndays: [mon, tue, thu]\nholidays: FR-974\n"
        "quiet_periods:\n  - {first: [7, 14], last: [8, 31]}\nmax_contacts_in_7_days: 2\n"
        "min_days_between_reminders: 9\nmax_messages_per_day: 30\nmax_first_messages_per_day: 10\n"
        "max_letters_per_day: 5\nletters_budget_per_month: 250.50\nmin_gap_days: 3\n"
        "debtors:\n  '0012':\n    without: [call_1]\n    quiet_periods: []\n"
    )
    policy = read_policy(text.encode(), name="policy.yaml", surroundings=AROUND)
    assert policy.debtors["0012"].quiet_periods == ()
    assert str(policy.letters_budget_per_month) == "250.50"
    assert [day.value for day in policy.days or ()] == ["mon", "tue", "thu"]


def test_the_published_schema_is_current() -> None:
    """`relance policy-schema > docs/policy.schema.json`."""
    published = (ROOT / "docs" / "policy.schema.json").read_text(encoding="utf-8")
    assert json.loads(published) == policy_schema()
