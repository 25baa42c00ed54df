"""The demonstration tells the truth: its summary against what is really stored and sent."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from relance.adapters.config_files.creditor_yaml import read_creditor
from relance.application.creditor_commands import pause
from relance.application.ports import CreditorFile
from relance.cli.demo.command import SUMMARY, conclude, live_story, new_story
from relance.cli.demo.outbox import received
from relance.cli.demo.say import Say
from relance.cli.demo.scenario import Scenario, read_scenario
from relance.cli.demo.screen import show_checks, show_summary
from relance.cli.demo.stage import Stage
from relance.cli.local_cloud import LocalStack
from relance.domain.notice import Notice
from tests.e2e.stages import evidence_of, on, verify_chain

pytestmark = pytest.mark.e2e

EXAMPLES = Path(__file__).parents[2] / "examples"
SHORTER = 21
"""Days of the second run, which must begin exactly like the first."""


@dataclass(frozen=True)
class Played:
    summary: dict[str, Any]
    stage: Stage
    folder: Path


def play(
    cloud: LocalStack, examples: Path, folder: Path, days: int | None = None
) -> tuple[Stage, dict[str, Any]]:
    scenario = read_scenario(examples / "scenario.yaml")
    scenario = replace(scenario, days=days or scenario.days)
    creditor = _creditor(examples, scenario)
    assert creditor.payment is not None
    cloud.verify_sender(creditor.payment.sender_domain)
    story = new_story(cloud, scenario, creditor, examples)
    live_story(story, creditor.profile.holidays)
    summary, checks = conclude(story, "fr", folder)
    pause(scenario.creditor, "a test", "played", office=story.stage.office)
    assert days is not None or all(check.ok for check in checks), checks
    return story.stage, summary


def _creditor(examples: Path, scenario: Scenario) -> CreditorFile:
    name = scenario.files[0]
    return read_creditor((examples / name).read_bytes(), name=name)


@pytest.fixture(scope="module")
def played(cloud: LocalStack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch, on(cloud, patch):
        stage, summary = play(cloud, EXAMPLES, folder)
        yield Played(summary, stage, folder)


@pytest.fixture(autouse=True)
def _here(cloud: LocalStack, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with on(cloud, monkeypatch):
        yield


def notices(played: Played) -> dict[str, Notice]:
    store = played.stage.desk().stores.notices
    return {line["notice"]: store.get(line["notice"]) for line in played.summary["sent"]}


def test_every_message_told_is_stored_as_it_was_handed_over(played: Played) -> None:
    objects = evidence_of(played.stage)
    stored = notices(played)
    for line in played.summary["sent"]:
        notice = stored[line["notice"]]
        assert notice.content is not None
        assert notice.content.key == line["evidence"]
        content = objects.get(notice.content)
        assert sha256(content).hexdigest() == notice.content.sha256
        file = played.folder / line["file"]
        if line["channel"] == "email":
            assert _said(content) == _said(file.read_bytes()), line
        else:
            assert content == file.read_bytes() == _printed(played.stage, notice)
            assert content.startswith(b"%PDF-")


def test_each_registered_letter_has_its_copy_with_the_very_pdf(played: Played) -> None:
    sent = played.summary["sent"]
    copies = {line["copy_of"]: line for line in sent if line["copy_of"]}
    letters = [line for line in sent if line["channel"] == "registered_letter"]
    assert len(letters) == len(copies) > 5
    for letter in letters:
        raw = (played.folder / copies[letter["notice"]]["file"]).read_bytes()
        (attached,) = message_from_bytes(raw, policy=policy.default).iter_attachments()
        assert attached.get_content() == (played.folder / letter["file"]).read_bytes()


def test_every_message_relayed_is_one_of_the_notices_told(played: Played) -> None:
    outbox = received(played.stage.stack.outbox, played.summary["creditor"])
    relayed = sorted(mail.notice for mail in outbox if mail.notice)
    told = sorted(s["notice"] for s in played.summary["sent"] if s["channel"] == "email")
    assert relayed == told
    bounced = {mail.notice for mail in outbox if mail.outcome == "bounced" and mail.notice}
    assert bounced == {s["notice"] for s in played.summary["sent"] if s["status"] == "bounced"}


def test_the_chain_of_every_case_proves_the_very_bytes(played: Played) -> None:
    for case in played.summary["cases"]:
        history = verify_chain(played.stage, case["debtor"])
        assert len(history) == case["entries"]
        proved = {ref.sha256 for entry in history for ref in entry.objects}
        for notice in played.stage.desk().stores.notices.of_case(case["debtor"]):
            assert notice.content is None or notice.content.sha256 in proved


def test_the_story_has_all_that_the_issue_asks_for(played: Played) -> None:
    sent = played.summary["sent"]
    assert {line["level"] for line in sent} == {"preventive", "level_1", "level_2", "level_3"}
    assert {line["language"] for line in sent} == {"fr", "en"}
    assert {reply["kind"] for reply in played.summary["replies"]} == {"human", "out_of_office"}
    holds = {silence["reason"] for silence in played.summary["silences"]}
    assert holds == {"promised", "disputed", "payment-announced", "unread-reply"}
    assert any(line["status"] == "bounced" for line in sent)
    assert sum(one["rejected"] for one in played.summary["imports"]) == 3
    assert {one["status"] for one in played.summary["imports"]} == {"applied"}
    assert any(task["kind"] == "hand_over" for task in played.summary["tasks"])


def test_the_summary_on_disk_is_the_one_shown_and_fits_a_terminal(played: Played) -> None:
    written = json.loads((played.folder / SUMMARY).read_text(encoding="utf-8"))
    assert {**written, "checks": None} == json.loads(json.dumps({**played.summary, "checks": None}))
    console = Console(width=80, record=True, file=Path("/dev/null").open("w"))  # noqa: SIM115
    with console.file:
        for language in ("fr", "en"):
            show_summary(console, played.summary, Say(language))
            show_checks(console, [], Say(language))
    lines = console.export_text().splitlines()
    assert max(map(len, lines)) <= 80


def test_a_second_run_begins_exactly_like_the_first(
    played: Played, cloud: LocalStack, tmp_path: Path
) -> None:
    """Another creditor with the same files: only the ids, made of its code, may differ."""
    _, again = play(cloud, _renamed(tmp_path / "examples"), tmp_path, SHORTER)
    first = played.summary
    until = (date.fromisoformat(first["from"]) + timedelta(days=SHORTER)).isoformat()
    early = [line for line in first["sent"] if line["at"] < until]
    assert len(early) > 50
    assert [_figures(line) for line in again["sent"]] == [_figures(line) for line in early]
    assert again["acts"] == [act for act in first["acts"] if act["at"] < until]


def _figures(line: dict[str, Any]) -> dict[str, Any]:
    """A message that bounces or expires later than the shorter run is still the same message."""
    left_out = {"notice", "evidence", "status", "copy_of"}
    return {name: value for name, value in line.items() if name not in left_out}


def _renamed(folder: Path) -> Path:
    folder.mkdir()
    for file in EXAMPLES.iterdir():
        content = file.read_bytes()
        if file.suffix == ".yaml":
            for key in (b"code", b"creditor"):
                content = content.replace(key + b": outillage-martin\n", key + b": outillage-bis\n")
        (folder / file.name).write_bytes(content)
    return folder


def _said(raw: bytes) -> tuple[str, str, str]:
    """Relays may encode a message otherwise: subject, recipient and text are what they carry."""
    message = message_from_bytes(raw, policy=policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    text = " ".join(body.get_content().split())
    return str(message["Subject"]), str(message["To"]), text


def _printed(stage: Stage, notice: Notice) -> bytes:
    """What lies in the print folder of the day."""
    answer = stage.client("s3").get_object(
        Bucket=stage.outputs["ReportsBucket"], Key=notice.provider_reference
    )
    content: bytes = answer["Body"].read()
    return content
