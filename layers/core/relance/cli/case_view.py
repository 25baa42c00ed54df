"""A case and a worklist on the terminal."""

from datetime import date

from rich.console import Console
from rich.table import Table

from relance.adapters.messages.reasons import reason_sentence
from relance.application.importing.documents import documents_of
from relance.application.office import Desk, Office
from relance.application.ports import STALE_AFTER
from relance.domain.case import Case, LiveNotice
from relance.domain.debtor import Debtor
from relance.domain.escalation.decide import decide
from relance.domain.escalation.netting import net_account
from relance.domain.evidence import EvidenceEntry, chain_problem
from relance.domain.holds import (
    AnnouncedPayment,
    Arrangement,
    Dispute,
    Hold,
    ManualHold,
    Plan,
    PlanState,
    Promise,
    ReceivedPayment,
    UnreadReply,
)
from relance.domain.task import Task, TaskKind

_ONCE = {"approve", "reply to read"}
"""What debtors share is one thing to do: it shows at the first of them."""


def show_case(console: Console, office: Office, creditor: str, debtor: str) -> None:
    desk = office.open(creditor)
    found = desk.group(desk.case(debtor))[0]
    console.print(f"[bold]{found.debtor.name}[/bold] ({debtor}) – {creditor}")
    _print_group(console, found)
    _print_profile(console, found.debtor)
    console.print(_items(desk, found))
    _print_state(console, desk, found)
    history = desk.cases.history(debtor)
    documents = documents_of(history)
    if documents:
        console.print(_documents(documents))
    console.print(_timeline(history))
    problem = chain_problem(history)
    console.print(f"Evidence chain of {len(history)} entries: {problem or 'self-consistent'}.")


def _print_group(console: Console, case: Case) -> None:
    if case.debtor.payer is not None:
        name = case.payer and case.payer.name
        console.print(f"Paid for by: {case.debtor.payer} ({name or 'no case of its own'})")
    if case.pays_for:
        console.print(f"Pays for: {', '.join(case.pays_for)}")


def _print_profile(console: Console, debtor: Debtor) -> None:
    """Proposed until a person says: it changes nothing of what is decided."""
    flag = debtor.flag
    if flag is not None:
        who = f"{flag.owner}, to review on {flag.review_on}"
        console.print(f"Flag: {flag.kind} ({flag.reason}), {who}", markup=False)
    if debtor.profile is not None:
        console.print(f"Payer profile: {debtor.profile}")
    if debtor.proposed_profile is not None:
        proposed = debtor.proposed_profile
        console.print(f"Payer profile proposed: {proposed}, see `relance profile`")


def show_todo(console: Console, office: Office, creditor: str) -> None:
    desk = office.open(creditor)
    table = Table("What", "Debtor", title=f"To do for {creditor}")
    table.add_column("Id", overflow="fold")  # to be copied: never cut
    table.add_column("Since")
    shown: set[tuple[str, str]] = set()
    for debtor in desk.cases.debtors():
        for what, key, since in _todo_rows(desk.case(debtor), desk.today):
            if what in _ONCE and (what, key) in shown:
                continue
            shown.add((what, key))
            table.add_row(what, debtor, key, since)
    for notice in desk.stores.notices.live(before=desk.now - STALE_AFTER):
        if notice.status == "sending":
            table.add_row("resolve", notice.debtor, notice.id, str(notice.updated_at))
    for reply in desk.stores.replies.triage():
        table.add_row(f"triage ({reply.reason})", "?", reply.id, str(reply.received_at))
    console.print(table if table.rows else f"Nothing waits for a person at {creditor}.")


def _todo_rows(case: Case, today: date) -> list[tuple[str, str, str]]:
    rows = [(f"task: {t.kind}", t.key, str(t.opened_on)) for t in case.tasks]
    if case.to_release:
        rows.append(("to release", f"{len(case.to_release)} documents: `release`", ""))
    awaiting = case.awaiting
    if awaiting is not None and awaiting.approved_by is None:
        rows.append(("approve", awaiting.id, str(awaiting.planned_for)))
    rows += [
        ("reply to read", hold.key, str(hold.received_on))
        for hold in case.holds
        if isinstance(hold, UnreadReply)
    ]
    rows += [
        ("dispute to solve", hold.key, str(hold.recorded_on))
        for hold in case.holds
        if isinstance(hold, Dispute) and hold.resolved_on is None and hold.target_on <= today
    ]
    rows += [
        ("plan to sign", hold.key, str(hold.recorded_on))
        for hold in case.holds
        if isinstance(hold, Plan) and hold.state is PlanState.PROPOSED
    ]
    rows += [
        ("arrangement to approve", hold.key, str(hold.recorded_on))
        for hold in case.holds
        if isinstance(hold, Arrangement) and hold.approved_by is None
    ]
    return rows


def _items(desk: Desk, case: Case) -> Table:
    table = Table("Document", "Due", "Open", "To ask", "Last step", "Cause")
    account = net_account(case, desk.calendar)
    for item in sorted(case.open_items, key=lambda i: (str(i.due_date), i.key)):
        rest = account.get(item.key)
        last = case.progress_of(item.key).last
        noted = case.causes.get(item.key)
        table.add_row(
            item.number,
            str(item.due_date or ""),
            f"{item.open_amount:.2f} {item.currency}",
            f"{rest.chaseable:.2f}" if rest else "",
            f"{last.step} ({last.outcome}, {last.done_on})" if last else "",
            f"{noted.cause} ({noted.on})" if noted else "",
        )
    return table


def _print_state(console: Console, desk: Desk, case: Case) -> None:
    for hold in case.holds:
        console.print(f"Hold: {hold_name(hold)} {hold.key}")
    for note in case.announced:
        until = f", held back until {note.stopped_until}" if note.stopped_until else ""
        console.print(f"Level 2 announced to {note.salesperson} on {note.told_on}{until}")
    if case.ordered is not None:
        ordered = f"Formal notice ordered by {case.ordered.by} on {case.ordered.on}"
        console.print(ordered, markup=False)
    _print_work(console, desk, case)


def _print_work(console: Console, desk: Desk, case: Case) -> None:
    for task in case.tasks:
        since = f"since {task.opened_on}, due {task.due_on}"
        agreed = f", call agreed for {task.again_on}" if task.again_on else ""
        owner = f", {task.owner}" if task.owner else ""
        console.print(f"Task: {task.kind} {task.key} {since}{owner}{agreed}{_about(task)}")
    for made in case.calls:
        whom = " ".join(filter(None, (made.spoke_to, made.phone)))
        console.print(f"Call: {made.on} {made.outcome} by {made.by} {whom}".rstrip(), markup=False)
    for live in (case.live, case.awaiting):
        if live is not None:
            console.print(_notice_line(desk, live, case.debtor.code))
    decision = decide(case, desk.policy_of(case), desk.calendar, desk.today)
    for held in decision.held:
        reason, _, step = held.reason.partition(":")
        about = " ".join([*held.items, *([step] if step else [])])
        console.print(f"Not done: {reason_sentence(reason, 'en')} {about}".rstrip())
    console.print(f"Decided again on: {case.agenda or '–'}")


def _about(task: Task) -> str:
    if task.detail and task.kind is TaskKind.REVIEW:
        return f": {reason_sentence(task.detail, 'en')}"
    return f": {task.detail}" if task.kind is TaskKind.COMPLETE_DATA else ""


def _notice_line(desk: Desk, live: LiveNotice, debtor: str) -> str:
    others = desk.stores.notices.get(live.id).shared_with(debtor).get("shared_with")
    shared = f", shared with {others}" if others else ""
    return f"Notice: {live.step} {live.status}, planned for {live.planned_for}{shared} ({live.id})"


def hold_name(hold: Hold) -> str:
    """What it is and until when, in the words of the collectors."""
    match hold:
        case Promise() | Dispute() | Plan() | Arrangement():
            return agreement_name(hold)
        case ReceivedPayment():
            seen = f"posted {hold.posted_on}" if hold.posted_on else "not yet posted"
            return f"payment received {hold.received_on}, {seen}"
        case AnnouncedPayment():
            return f"payment announced, to verify from {hold.verify_from}"
        case UnreadReply():
            return f"reply to read since {hold.received_on}"
        case ManualHold():
            about = f" ({' '.join(hold.items)})" if hold.items else ""
            return f"{hold.reason}{about} until {hold.until or 'somebody ends it'}"


def agreement_name(hold: Promise | Dispute | Plan | Arrangement) -> str:
    match hold:
        case Promise():
            return f"promise for {hold.promised_for}"
        case Dispute():
            decided = f", {hold.resolution}" if hold.resolution else ""
            return f"dispute ({hold.category}), {hold.resolved_on or 'open'}{decided}"
        case Plan():
            last = hold.instalments[-1].due_on
            return f"plan {hold.state} of {hold.total} {hold.currency} until {last}"
        case Arrangement():
            approved = f"approved by {hold.approved_by}" if hold.approved_by else "to approve"
            return f"{hold.kind} until {hold.until}, {approved}"


def _documents(entries: tuple[EvidenceEntry, ...]) -> Table:
    table = Table("Document", "Kind", "About", "Missing mentions", "SHA-256")
    for entry in entries:
        table.add_row(
            entry.personal.get("file_name", "(erased)"),
            entry.kind.partition("-")[2],
            entry.facts.get("items", ""),
            entry.facts.get("missing_mentions", ""),
            entry.objects[0].sha256[:12],
        )
    return table


def _timeline(history: tuple[EvidenceEntry, ...]) -> Table:
    table = Table("#", "When (UTC)", "Who", "What")
    table.add_column("Facts", overflow="fold")
    for entry in history:
        facts = " ".join(f"{k}={v}" for k, v in entry.facts.items() if k != "notice")
        table.add_row(str(entry.seq), f"{entry.at:%Y-%m-%d %H:%M}", entry.actor, entry.kind, facts)
    return table
