"""Values for the store tests, with codes that try the keys."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from relance.application.ports import ImportRecord, NoticeChange, StoredReply
from relance.domain.case import Case, facts_of
from relance.domain.creditor import (
    Collector,
    Creditor,
    CreditorProfile,
    LegalIdentity,
    PaymentDetails,
)
from relance.domain.debtor import Contact, Debtor, Role
from relance.domain.evidence import EvidenceDraft, ObjectRef
from relance.domain.notice import Notice, NoticeStatus
from relance.domain.open_item import (
    ItemFlag,
    ItemKey,
    ItemKind,
    OpenItem,
    PaymentMethod,
    Settlement,
)
from relance.domain.policy import Channel, Level
from relance.domain.postal_address import PostalAddress

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = date(2026, 3, 2)
ADDRESS = PostalAddress(("12 RUE DES LILAS", "75011 PARIS"))


def creditor(code: str = "acme", *, reply_domain: str = "reply.acme.example") -> Creditor:
    return Creditor(
        profile=CreditorProfile(
            code=code,
            identity=LegalIdentity("Acme", ADDRESS, siren="732829320"),
            finance_email="compta@acme.example",
            collectors=(Collector("marie", "Marie Dupont", "marie@acme.example"),),
        ),
        payment=PaymentDetails(
            "Acme", "FR7630006000011234567890189", None, "acme.example", reply_domain
        ),
        waiting_drops=frozenset({"drops/été.csv", "drops/b.csv"}),
    )


def contact(email: str | None, key: str = "compta") -> Contact:
    return Contact(key, "Zoë Çelik", Role.ACCOUNTS_PAYABLE, email)


def item(key: str = "F1#invoice#1", amount: str = "120.50", **changes: object) -> OpenItem:
    made = OpenItem(
        key=ItemKey(key),
        number=key.split("#", maxsplit=1)[0],
        kind=ItemKind.INVOICE,
        issue_date=date(2026, 1, 2),
        due_date=date(2026, 2, 1),
        amount=Decimal(amount),
        open_amount=Decimal(amount),
        currency="EUR",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def full_item() -> OpenItem:
    """Every field holds something: a field that a store forgets is seen."""
    made = item(
        amount="120.00",
        open_amount=Decimal("0"),
        order_number="BC-7",
        credits_number="FA-0",
        settlement=Settlement.COVERED,
        settled_on=date(2026, 2, 2),
        payment_method=PaymentMethod.BILL_OF_EXCHANGE,
        flag=ItemFlag.DISPUTED,
        account="411000",
        part="export",
        reminder_level=2,
        reminded_on=date(2026, 2, 1),
        insurer="Assureur SA, police 12",
        factor="",
    )
    forgotten = [name for name in OpenItem.__slots__ if getattr(made, name) is None]
    assert not forgotten, forgotten
    return made


def case(
    debtor: str = "C001",
    *,
    of: Creditor | None = None,
    emails: tuple[str, ...] = (),
    agenda: date | None = None,
    items: tuple[OpenItem, ...] = (),
) -> Case:
    owner = of or creditor()
    contacts = tuple(contact(email, f"k{n}") for n, email in enumerate(emails))
    return Case(
        creditor=owner.code,
        debtor=Debtor(debtor, f"Société {debtor}", address=ADDRESS, contacts=contacts),
        facts=facts_of(owner),
        items={one.key: one for one in items},
        agenda=agenda,
    )


def draft(kind: str = "tested", **personal: str) -> EvidenceDraft:
    return EvidenceDraft(
        at=NOON,
        actor="system",
        kind=kind,
        facts={"montant": "120,50 €"},
        personal=personal,
        objects=(ObjectRef("acme/notices/1.eml", "v1", "ab" * 32),),
    )


def notice(of: Case, notice_id: str = "n1", **changes: object) -> Notice:
    made = Notice(
        id=notice_id,
        creditor=of.creditor,
        debtor=of.debtor.code,
        channel=Channel.EMAIL,
        status=NoticeStatus.PLANNED,
        step="level_1_email",
        level=Level.LEVEL_1,
        template="level_1",
        performs=((ItemKey("F1#invoice#1"), "level_1_email"),),
        asked={ItemKey("F1#invoice#1"): Decimal("120.50")},
        recipients=(),
        language="fr",
        planned_for=TODAY,
        created_at=NOON,
        updated_at=NOON,
        reply_token=f"token-{notice_id}",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def moved(before: Notice, status: NoticeStatus, **changes: object) -> NoticeChange:
    """The change of a notice to another status, a minute later."""
    later = before.updated_at + timedelta(minutes=1)
    after = replace(before, status=status, updated_at=later, **changes)  # type: ignore[arg-type]
    return NoticeChange(after, before.status)


def reply(reply_id: str = "r1", debtor: str | None = None, **changes: object) -> StoredReply:
    made = StoredReply(
        id=reply_id,
        creditor="acme",
        debtor=debtor,
        received_at=NOON,
        kind="human",
        raw=ObjectRef(f"acme/replies/{reply_id}.eml", "v1", "cd" * 32),
        visible_text="Bonjour, c'est payé ✅",
        sender="compta@client.example",
        subject="Re: Relance",
        matched_by="triage",
        verdicts={"spam": "PASS", "dmarc": "GRAY"},
        reason="unknown-sender",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def import_record(seq: int, sha256: str = "aa" * 32, **changes: object) -> ImportRecord:
    made = ImportRecord(
        drop_key=f"acme/balance-{seq}.csv",
        drop_version=f"v{seq}",
        sha256=sha256,
        import_seq=seq,
        status="applied",
        received_at=NOON + timedelta(hours=seq),
        counts={"items": 3, "rejected": 0},
    )
    return replace(made, **changes)  # type: ignore[arg-type]
