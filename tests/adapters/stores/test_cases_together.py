"""The contract of CaseStore, on every engine: several cases at once, and who is found by what."""

from dataclasses import replace

import pytest

from relance.application.ports import CaseChange, Conflict, NoticeChange
from relance.domain.calling import CallMade, CallOutcome, Cause, LateCause
from relance.domain.case import Case
from relance.domain.evidence import chain_problem
from relance.domain.notice import Notice, NoticePart, NoticeStatus
from relance.domain.open_item import ItemKey
from relance.domain.policy import Level
from relance.domain.task import Task, TaskKind
from tests.adapters.stores.conftest import AnyStores
from tests.adapters.stores.samples import (
    TODAY,
    case,
    creditor,
    draft,
    moved,
    notice,
    reply,
)

ACME = creditor()
CODES = ("C1", "C#2", "C3")


def part(code: str) -> NoticePart:
    made = notice(case(code))
    return NoticePart(code, made.performs, made.asked, Level.LEVEL_1)


def stored(stores: AnyStores, *codes: str) -> list[Case]:
    return list(stores.of("acme").cases.commit_all([CaseChange(case(c), draft()) for c in codes]))


def shared(*codes: str) -> Notice:
    return notice(case(codes[0]), companions=tuple(part(code) for code in codes[1:]))


def together(cases: list[Case], change: NoticeChange) -> list[CaseChange]:
    return [
        CaseChange(
            replace(one, failures=7), draft("both"), notices=(change,) if one is first else ()
        )
        for first in cases[:1]
        for one in cases
    ]


def load(stores: AnyStores, code: str) -> Case:
    found = stores.of("acme").cases.load(code, ACME)
    assert found is not None
    return found


def test_several_cases_and_their_notice_are_written_at_once(stores: AnyStores) -> None:
    read = stored(stores, *CODES)
    planned = shared(*CODES)
    cases = stores.of("acme").cases
    committed = cases.commit_all(together(read, NoticeChange(planned, None)))

    assert [one.debtor.code for one in committed] == list(CODES)
    assert [load(stores, code) for code in CODES] == list(committed)
    for code in CODES:
        assert chain_problem(cases.history(code)) is None
        assert stores.of("acme").notices.of_case(code) == (planned,)
    assert stores.of("acme").notices.get("n1").companions == planned.companions


@pytest.mark.parametrize("late", range(3))
def test_one_case_that_changed_stops_them_all(stores: AnyStores, late: int) -> None:
    read = stored(stores, *CODES)
    cases = stores.of("acme").cases
    winner = cases.commit(CaseChange(replace(read[late], failures=1), draft("won")))

    with pytest.raises(Conflict):
        cases.commit_all(together(read, NoticeChange(shared(*CODES), None)))

    now = [load(stores, code) for code in CODES]
    assert now == [winner if n == late else one for n, one in enumerate(read)]
    assert {len(cases.history(code)) for code in CODES} == {1, 2}
    assert all(stores.of("acme").notices.of_case(code) == () for code in CODES)
    cases.commit_all(together(now, NoticeChange(shared(*CODES), None)))


def test_a_notice_that_moved_or_a_creditor_that_changed_stops_them_all(stores: AnyStores) -> None:
    read = stored(stores, *CODES)
    planned = shared(*CODES)
    cases = stores.of("acme").cases
    first = list(cases.commit_all(together(read, NoticeChange(planned, None))))
    saved = stores.creditors.save(ACME)
    stores.creditors.save(saved)
    claim = together(first, moved(planned, NoticeStatus.SENDING))

    with pytest.raises(Conflict):
        cases.commit_all([replace(claim[0], creditor_version=saved.version), *claim[1:]])
    with pytest.raises(Conflict):
        cases.commit_all(together(first, NoticeChange(planned, None)))

    assert [load(stores, code) for code in CODES] == first


def test_a_notice_moves_with_every_case_it_is_about_or_not_at_all(stores: AnyStores) -> None:
    read = stored(stores, *CODES)
    with pytest.raises(ValueError, match="must concern"):
        stores.of("acme").cases.commit_all(together(read[:2], NoticeChange(shared(*CODES), None)))
    with pytest.raises(ValueError, match="each once"):
        stores.of("acme").cases.commit_all([CaseChange(read[0], None), CaseChange(read[0], None)])
    assert load(stores, "C1") == read[0]


def test_a_reply_is_in_every_case_it_answers(stores: AnyStores) -> None:
    read = stored(stores, *CODES)
    filed = reply("r1", "C1", companions=CODES[1:], reason=None)
    changes = [
        CaseChange(one, draft(), reply=filed if n == 0 else None) for n, one in enumerate(read)
    ]
    stores.of("acme").cases.commit_all(changes)

    replies = stores.of("acme").replies
    assert all(replies.of_case(code) == (filed,) for code in CODES)
    with pytest.raises(ValueError, match="must concern"):
        stores.of("acme").cases.commit(replace(changes[0], case=load(stores, "C1")))


def test_who_a_debtor_pays_for_comes_with_it(stores: AnyStores) -> None:
    def declaring(code: str, payer: str | None) -> Case:
        one = case(code)
        return replace(one, debtor=replace(one.debtor, payer=payer))

    cases = stores.of("acme").cases
    cases.commit(CaseChange(case("P#1"), draft()))
    first = cases.commit(CaseChange(declaring("S#1", "P#1"), draft()))
    cases.commit(CaseChange(declaring("S2", "P#1"), draft()))
    cases.commit(CaseChange(declaring("S3", "P2"), draft()))

    assert load(stores, "P#1").pays_for == ("S#1", "S2")
    assert load(stores, "S#1").pays_for == ()
    assert (cases.paid_by("P#1"), cases.paid_by("P2")) == (("S#1", "S2"), ("S3",))
    assert stores.of("other").cases.paid_by("P#1") == ()

    kept = load(stores, "P#1")
    assert cases.commit(CaseChange(kept, draft())).pays_for == ("S#1", "S2")
    cases.commit(CaseChange(replace(first, debtor=replace(first.debtor, payer="P2")), draft()))
    assert load(stores, "P#1").pays_for == ("S2",)
    assert cases.paid_by("P2") == ("S#1", "S3")


def test_the_codes_of_one_siren_are_found(stores: AnyStores) -> None:
    def of(code: str, siren: str | None) -> Case:
        one = case(code, emails=("a@client.example",))
        return replace(one, debtor=replace(one.debtor, siren=siren))

    cases = stores.of("acme").cases
    first = cases.commit(CaseChange(of("C2", "552100554"), draft()))
    cases.commit(CaseChange(of("C1", "552100554"), draft()))
    cases.commit(CaseChange(of("C3", "732829320"), draft()))
    assert cases.of_siren("552100554") == ("C1", "C2")
    assert stores.of("other").cases.of_siren("552100554") == ()
    cases.commit(CaseChange(replace(first, debtor=of("C2", None).debtor), draft()))
    assert cases.of_siren("552100554") == ("C1",)
    assert {r.debtor for r in stores.directory.by_address("acme", "a@client.example")} == {
        "C1",
        "C2",
        "C3",
    }


def test_several_cases_whose_contacts_change_at_once(stores: AnyStores) -> None:
    read = stored(stores, "C1", "C3")
    people = [case(c, emails=(f"{c}@client.example",)).debtor for c in ("C1", "C3")]
    changes = [
        CaseChange(replace(one, debtor=who), draft()) for one, who in zip(read, people, strict=True)
    ]
    stores.of("acme").cases.commit_all(changes)
    for code in ("C1", "C3"):
        (ref,) = stores.directory.by_address("acme", f"{code}@client.example")
        assert ref.debtor == code


def test_who_is_to_be_called_is_found_until_the_call_is_over(stores: AnyStores) -> None:
    def calling(code: str, *kinds: TaskKind) -> Case:
        tasks = tuple(Task(f"{kind}-1", kind, TODAY, TODAY) for kind in kinds)
        return replace(case(code), tasks=tasks)

    cases = stores.of("acme").cases
    first = cases.commit(CaseChange(calling("C#2", TaskKind.CALL), draft()))
    cases.commit(CaseChange(calling("C1", TaskKind.REVIEW, TaskKind.CALL), draft()))
    quiet = cases.commit(CaseChange(calling("C3", TaskKind.REVIEW), draft()))
    assert cases.to_call() == ("C#2", "C1")
    assert stores.of("other").cases.to_call() == ()
    cases.commit(CaseChange(replace(first, tasks=()), draft()))
    cases.commit(CaseChange(replace(quiet, tasks=calling("C3", TaskKind.CALL).tasks), draft()))
    assert cases.to_call() == ("C1", "C3")


def test_what_is_known_of_calls_comes_back_as_it_was(stores: AnyStores) -> None:
    made = CallMade(TODAY, CallOutcome.PROMISE, "call-1", "claire", "+331", "Zoë Çelik", "« oui »")
    cause = LateCause(Cause.CASH, TODAY, "claire")
    task = Task("call-1", TaskKind.CALL, TODAY, TODAY, again_on=TODAY, listed_on=TODAY, owner="ana")
    told = replace(case("C1"), calls=(made,), causes={ItemKey("F1"): cause}, tasks=(task,))
    stores.of("acme").cases.commit(CaseChange(told, draft()))
    found = load(stores, "C1")
    assert (found.calls, found.causes, found.tasks) == (told.calls, told.causes, told.tasks)
