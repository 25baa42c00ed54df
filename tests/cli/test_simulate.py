"""`relance simulate`, typed as it would be: its JSON, its tables, its refusals."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from relance.adapters.messages.simulation_messages import (
    CHANNELS,
    ERRORS,
    LEVELS,
    WARNINGS,
    WORDS,
)
from relance.cli.app import app
from relance.domain.policy import Channel, Level
from tests.builders import POLICIES

RUNNER = CliRunner()
HEADER = "Code client;Nom;N° facture;Date facture;Date d'échéance;Montant TTC;Solde;Devise\n"
ROWS = (
    "C1;Menuiserie Dupont;FA-1;15/01/2026;14/02/2026;1200,00;1200,00;EUR\n"
    "C1;Menuiserie Dupont;FA-2;22/01/2026;21/02/2026;900,00;900,00;EUR\n"
    "C2;Garage Petit;FA-3;01/12/2025;31/12/2025;0,02;0,02;EUR\n"
)
KEYS = {"date", "debtor_code", "message", "step", "level", "channel", "items", "reason"}


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("LANG", "C")


def written(tmp_path: Path, name: str, text: str) -> str:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def typed(balance: str, *words: str, status: int = 0) -> str:
    days = ["--from", "2026-02-02", "--to", "2026-05-29"]
    result = RUNNER.invoke(app, ["simulate", "--balance", balance, *days, *words])
    assert result.exit_code == status, result.output
    return result.output


def as_json(balance: str, *words: str, status: int = 0) -> Any:
    return json.loads(typed(balance, *words, "--json", status=status))


@pytest.fixture
def balance(tmp_path: Path) -> str:
    return written(tmp_path, "balance.csv", HEADER + ROWS)


def channels(found: Any, debtor: str = "C1") -> set[str]:
    return {one["channel"] for one in found["actions"] if one["debtor_code"] == debtor}


def test_a_bare_balance_shows_its_schedule_and_says_what_it_assumed(balance: str) -> None:
    found = as_json(balance)
    assert all(one.keys() == KEYS for one in found["actions"])
    assert all(one.keys() == {"debtor_code", "from", "until", "reason"} for one in found["held"])
    assert channels(found) == {"email", "call", "registered_letter", "task"}
    assert {one["level"] for one in found["actions"]} == {level.value for level in Level}
    (formal,) = [one for one in found["actions"] if one["step"] == "formal_notice"]
    assert formal["items"] == ["FA-1", "FA-2"]
    assert [one["message"] for one in found["actions"] if one["channel"] == "task"] == [None]
    assert found["totals"]["warnings"] == ["emails-assumed", "addresses-assumed"]
    assert found["totals"]["rejected"] == {}
    assert found["totals"]["open"] == {"EUR": "2100.02"}
    assert not channels(found, "C2"), "two cents"


def test_who_cannot_be_written_to_gets_a_task_and_no_message(balance: str) -> None:
    found = as_json(balance, "--no-assume-contacts")
    assert channels(found) == {"call"}
    assert {"no-contact"} <= {one["reason"] for one in found["held"]}
    assert found["totals"]["tasks"]["complete_data"] == 1
    assert found["totals"]["warnings"] == []


def test_contacts_of_a_file_are_used_as_they_are(balance: str, tmp_path: Path) -> None:
    contacts = written(
        tmp_path,
        "contacts.csv",
        "Code client;Contact;E-mail;Adresse 1;Code postal;Ville\n"
        "C1;Ana Roux;ana@dupont.example;4 rue du Port;31000;Toulouse\n",
    )
    found = as_json(balance, "--contacts", contacts)
    assert "email" in channels(found)
    assert found["totals"]["warnings"] == []
    assert "no-contact" not in {one["reason"] for one in found["held"]}


def test_contacts_beside_the_amounts_of_the_balance_are_used(tmp_path: Path) -> None:
    rows = ROWS.splitlines()
    text = f"{HEADER.strip()};E-mail\n{rows[0]};ana@dupont.example\n{rows[2]};\n"
    found = as_json(written(tmp_path, "b.csv", text))
    assert found["totals"]["warnings"] == ["addresses-assumed"]
    assert "email" in channels(found)


@pytest.mark.parametrize("spoken", ["fr", "en"])
def test_a_policy_with_mistakes_is_told_as_check_policy_tells_it(
    balance: str, tmp_path: Path, spoken: str
) -> None:
    text = (POLICIES / "standard.yaml").read_text(encoding="utf-8")
    wrong = text.replace("after_days: 45", "after_days: 4000000").replace(
        "template: preventive\n", "template: nobody_wrote_it\n"
    )
    file = written(tmp_path, "mine.yaml", wrong)
    told = typed(balance, "--policy", file, "--language", spoken, status=2)
    check = RUNNER.invoke(app, ["check-policy", file, "--lang", spoken])
    assert told == check.output
    assert [line.partition(":")[0] for line in told.splitlines()] == ["mine.yaml", "mine.yaml"]
    refused = as_json(balance, "--policy", file, "--language", spoken, status=2)["error"]
    asked = RUNNER.invoke(app, ["check-policy", file, "--lang", spoken, "--json"])
    assert refused["problems"] == json.loads(asked.output)["problems"]


def test_an_invoice_issued_later_is_not_known_before(tmp_path: Path) -> None:
    """Nothing is asked of it, and it does not count among what is late or to come."""
    row = "C3;Boulangerie;FA-9;10/03/2026;14/03/2026;900,00;900,00;EUR\n"
    found = as_json(written(tmp_path, "b.csv", HEADER + row))
    assert min(one["date"] for one in found["actions"]) >= "2026-03-10"


def test_what_is_old_is_released_at_level_1_and_goes_its_way_beside_what_is_not(
    tmp_path: Path,
) -> None:
    old = "C1;Menuiserie Dupont;FA-1;03/11/2025;03/12/2025;1200,00;1200,00;EUR\n"
    fresh = "C2;Garage Petit;FA-2;15/01/2026;30/01/2026;900,00;900,00;EUR\n"
    found = as_json(written(tmp_path, "balance.csv", HEADER + old + fresh))

    steps = [(a["date"], a["step"]) for a in found["actions"] if a["debtor_code"] == "C1"]
    assert steps[0] == ("2026-02-02", "email_1")
    assert "formal_notice" in {step for _, step in steps}
    assert "to-release" not in {held["reason"] for held in found["held"]}
    assert any(a["debtor_code"] == "C2" for a in found["actions"])


def test_a_policy_by_its_name_or_as_a_file(balance: str, tmp_path: Path) -> None:
    mine = written(tmp_path, "policy.yaml", (POLICIES / "gentle.yaml").read_text(encoding="utf-8"))
    gently = first_reminder(balance, "--policy", "gentle")
    assert first_reminder(balance, "--policy", "standard") == "2026-02-23"
    assert first_reminder(balance, "--policy", mine) == gently > "2026-02-23"


def first_reminder(balance: str, *words: str) -> str:
    found = as_json(balance, *words)
    return str(next(a["date"] for a in found["actions"] if a["step"] == "email_1"))


def test_the_creditor_tells_the_currency_the_terms_and_the_holidays(tmp_path: Path) -> None:
    head = "Code client;Nom;N° facture;Date facture;Montant TTC;Solde\n"
    file = written(tmp_path, "b.csv", head + "C1;Dupont;FA-1;15/01/2026;900,00;900,00\n")
    creditor = written(
        tmp_path,
        "creditor.yaml",
        "code: acme\nidentity:\n  name: Acme SAS\n  address:\n    lines: [1 rue X, 75011 PARIS]\n"
        '  siren: "732829320"\nfinance_email: f@acme.example\npayment_terms_days: 30\n'
        "currency: CHF\ncollectors:\n  - {key: c, name: Claire, email: c@acme.example}\n",
    )
    found = as_json(file, "--creditor", creditor)
    assert found["totals"]["open"] == {"CHF": "900.00"}
    assert first_reminder(file, "--creditor", creditor) == "2026-02-19"


def test_payments_stop_what_they_pay(balance: str, tmp_path: Path) -> None:
    file = written(tmp_path, "paid.csv", "number;date;amount\nFA-1;2026-02-10;\nFA-2;11/02/2026;\n")
    found = as_json(balance, "--payments", file)
    assert {one["level"] for one in found["actions"]} == {"preventive"}
    assert found["totals"]["paid"] == {"EUR": "2100.00"}


def test_people_read_it_by_day_and_channel_in_their_language(balance: str) -> None:
    french = typed(balance, "--language", "fr")
    for text in ("Par jour et par canal", "recommandé", "niveau 2", "16/03/2026", "contentieux"):
        assert text in french
    english = typed(balance, "--language", "en", "--all")
    for text in ("By day and channel", "registered letter", "level 2", "What waits, and why"):
        assert text in english
    assert "No e-mail address in these files" in english


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--policy", "no-such"], "unknown-policy"),
        (["--payments", "sometimes"], "unknown-payment-model"),
        (["--contacts", "no-such.csv"], "file-not-found"),
        (["--to", "2026-01-01"], "dates-out-of-order"),
        (["--to", "2036-01-01"], "simulation-too-long"),
    ],
)
def test_what_is_refused_says_what_to_write(balance: str, words: list[str], code: str) -> None:
    found = as_json(balance, *words, status=2)
    assert found["error"]["code"] == code
    assert found["error"]["text"] != code
    assert "{" not in typed(balance, *words, status=2)


def test_a_policy_with_a_mistake_names_its_line(balance: str, tmp_path: Path) -> None:
    found = as_json(balance, "--policy", written(tmp_path, "p.yaml", "name: x\nsteps: []\n"),
                    status=2)  # fmt: skip
    assert found["error"]["text"] == "Line 2, field steps: write at least one step."


def test_the_answer_to_a_question_is_typed_beside_it(tmp_path: Path) -> None:
    row = "C1;Dupont;FA-1;01/02/2026;03/03/2026;1200,00;1200,00;EUR\n"
    balance = written(tmp_path, "balance.csv", HEADER + row)
    assert as_json(balance, status=3)["question"]["code"] == "date-order-tied"
    found = as_json(balance, "--date-order", "day-first")
    late = [a["date"] for a in found["actions"] if a["level"] == "level_1"]
    assert late[0] == "2026-03-06"


def test_a_question_and_a_refusal_of_the_balance_are_those_of_read(tmp_path: Path) -> None:
    summary = "Code client;Nom;Total dû;Non échu;0-30;31-60\nC1;Dupont;100,00;50,00;50,00;0,00\n"
    asked = as_json(written(tmp_path, "s.csv", summary), status=3)
    assert asked["question"]["code"] == "summary-names-no-item"
    refused = as_json(str(tmp_path / "none.csv"), status=2)
    assert refused["error"]["code"] == "file-not-found"
    typed(written(tmp_path, "e.csv", ""), status=2)


def test_every_word_is_there_in_both_languages() -> None:
    assert set(CHANNELS) == {channel.value for channel in Channel}
    assert set(LEVELS) == {level.value for level in Level}
    for table in (CHANNELS, LEVELS, WARNINGS, ERRORS, WORDS):
        assert all(one.fr and one.en for one in table.values())


MANY = HEADER + "".join(
    f"K{n};Client {n};FA-{n};15/01/2026;14/02/2026;{900 + n},00;{900 + n},00;EUR\n"
    for n in range(1, 6)
)
JUNK = "junk;;;;;abc;xyz;EUR\n;;FA-X;32/01/2026;;;dix;EUR\n"


def test_rows_that_cannot_be_read_are_counted(tmp_path: Path) -> None:
    balance = written(tmp_path, "b.csv", HEADER + ROWS + JUNK)
    found = as_json(balance)
    assert found["totals"]["items"] == 3
    assert found["totals"]["rejected"] == {"rows-rejected": 2}
    assert "rows-rejected" in found["totals"]["warnings"]
    words = ("simulate", "--balance", balance, "--from", "2026-01-26", "--to", "2026-02-28")
    assert "rejected, and missing here: 2" in RUNNER.invoke(app, words).output


def test_a_balance_of_which_no_row_is_read_is_refused(tmp_path: Path) -> None:
    balance = written(tmp_path, "b.csv", HEADER + JUNK)
    error = as_json(balance, status=2)["error"]
    assert error["code"] == "no-row-read"
    assert "2" in error["text"]


CAPPED = """
code: acme
identity: {name: Acme, address: {lines: [1 rue du Port, 69001 LYON]}}
finance_email: finance@acme.example
collectors: [{key: claire, name: Claire, email: claire@acme.example}]
max_messages_per_day: 2
"""


def e_mails(found: Any) -> dict[str, list[str]]:
    """The customers written to at level 1, by day."""
    days: dict[str, list[str]] = {}
    for one in found["actions"]:
        if one["step"] == "email_1":
            days.setdefault(one["date"], []).append(one["debtor_code"])
    return days


def test_caps_are_off_unless_asked_and_let_the_largest_leave_first(tmp_path: Path) -> None:
    balance = written(tmp_path, "many.csv", MANY)
    creditor = written(tmp_path, "creditor.yaml", CAPPED)
    free = e_mails(as_json(balance, "--creditor", creditor))
    assert list(free.values()) == [["K1", "K2", "K3", "K4", "K5"]]
    capped = e_mails(as_json(balance, "--creditor", creditor, "--caps"))
    assert max(map(len, capped.values())) == 2
    assert next(iter(capped.values())) == ["K4", "K5"]
    assert sorted(code for codes in capped.values() for code in codes) == sorted(*free.values())


def test_the_mode_is_everything_unless_asked(tmp_path: Path) -> None:
    balance = written(tmp_path, "many.csv", MANY)
    only = as_json(balance, "--mode", "allow_list", "--debtor", "K2")
    assert {one["debtor_code"] for one in only["actions"]} == {"K2"}
    assert as_json(balance, "--mode", "observe")["actions"] == []
    rehearsed = as_json(balance, "--mode", "redirect")
    steps = {one["step"] for one in rehearsed["actions"]}
    assert steps == {"preventive", "email_1"}, "no step is ever done"


def test_the_days_of_a_policy_are_those_of_its_simulation(balance: str, tmp_path: Path) -> None:
    text = (POLICIES / "standard.yaml").read_text(encoding="utf-8") + "\ndays: [tue, wed]\n"
    found = as_json(balance, "--policy", written(tmp_path, "policy.yaml", text))
    weekdays = {date.fromisoformat(one["date"]).weekday() for one in found["actions"]}
    assert weekdays == {1, 2}
