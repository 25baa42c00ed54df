"""Contents of notices as a creditor's day makes them, for the tests and for `make pictures`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from relance.adapters.rates import late_payment_rates
from relance.domain.creditor import Collector, CreditorProfile, LegalIdentity, PaymentDetails
from relance.domain.debtor import Contact, Debtor, Role
from relance.domain.notice import Notice, NoticePart, NoticeStatus, Recipient, notice_id
from relance.domain.notice_content import (
    CopiedLetter,
    DebtorAccount,
    NoticeContent,
    PastStep,
    Told,
    ToldInstalment,
    ToldLine,
)
from relance.domain.open_item import ItemKey, ItemKind
from relance.domain.penalties import LateItem, PenaltyClaim, penalty_claim
from relance.domain.policy import Channel, Level, Penalties
from relance.domain.postal_address import PostalAddress
from relance.domain.statement import Section, SectionKind, Statement, StatementLine

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 7, 0, 5, 123456, tzinfo=UTC)
IBAN = "FR7630006000011234567890189"

IDENTITY = LegalIdentity(
    name="Atelier Delorme",
    address=PostalAddress(("14 rue des Tanneurs", "69005 Lyon")),
    siren="552100554",
    legal_form="SAS",
    capital="120 000 €",
    rcs_city="Lyon",
    phone="04 78 00 00 10",
)
COLLECTOR = Collector("celia", "Célia Martin", "celia.martin@delorme.example", "04 78 00 00 12")
PAYMENT = PaymentDetails(
    payee="Atelier Delorme SAS",
    iban=IBAN,
    bic="AGRIFRPP",
    sender_domain="delorme.example",
    reply_domain="reponses.delorme.example",
)
PROFILE = CreditorProfile(
    code="delorme",
    identity=IDENTITY,
    finance_email="compta@delorme.example",
    collectors=(COLLECTOR,),
)
DEBTOR = Debtor(
    code="C0042",
    name="Menuiserie Vidal & Fils",
    siren="732829320",
    address=PostalAddress(("ZI des Prés Hauts", "8 rue de l’Écluse", "38200 Vienne")),
    contacts=(Contact("ap", "Mme Aline Roux", Role.ACCOUNTS_PAYABLE, "compta@vidal.example"),),
)
LEVELS = {
    "preventive": Level.PREVENTIVE,
    "level_1": Level.LEVEL_1,
    "level_1_second": Level.LEVEL_1,
    "tried_to_reach": Level.LEVEL_1,
    "level_2": Level.LEVEL_2,
    "level_2_second": Level.LEVEL_2,
    "formal_notice": Level.LEVEL_3,
}
NOTICES = tuple(LEVELS)
LETTERS = ("level_2", "formal_notice")


def line(
    number: str,
    amount: str,
    *,
    due: date | None = TODAY - timedelta(days=12),
    kind: ItemKind = ItemKind.INVOICE,
    open_amount: str | None = None,
    original: str | None = None,
    currency: str = "EUR",
    order: str | None = None,
    promised_for: date | None = None,
) -> StatementLine:
    late = max(0, (TODAY - due).days) if due else 0
    opened = Decimal(open_amount or amount)
    return StatementLine(
        key=ItemKey(f"{kind}/{number}/1"),
        number=number,
        kind=kind,
        issue_date=min(due or TODAY, TODAY + timedelta(days=25)) - timedelta(days=30),
        due_date=due,
        original_amount=Decimal(original) if original else opened,
        open_amount=opened,
        amount=Decimal(amount),
        currency=currency,
        days_late=late,
        order_number=order,
        promised_for=promised_for,
    )


ASKED = (
    line("F-2026-0871", "4820.50", due=date(2026, 9, 30), order="BC-7714"),
    line("F-2026-0903", "1250.00", due=date(2026, 10, 15), original="2500.00"),
    line("F-2026-0955", "312.40", due=date(2026, 10, 31), open_amount="812.40", order="BC-7802"),
)
OTHERS = (
    Section(
        SectionKind.PROMISED,
        (line("F-2026-0920", "980.00", due=date(2026, 10, 20), promised_for=date(2026, 11, 27)),),
    ),
    Section(
        SectionKind.DISPUTED,
        (line("F-2026-0955", "500.00", due=date(2026, 10, 31), open_amount="812.40"),),
    ),
    Section(
        SectionKind.NOT_DUE,
        (line("F-2026-1044", "2100.00", due=date(2026, 12, 15), order="BC-7850"),),
    ),
    Section(
        SectionKind.CREDITS,
        (
            line("A-2026-0031", "-150.00", due=None, kind=ItemKind.CREDIT_NOTE),
            line("VIR 12/11", "-75.25", due=None, kind=ItemKind.PAYMENT),
        ),
    ),
)


def statement(
    asked: Sequence[StatementLine] = ASKED, others: Sequence[Section] = OTHERS
) -> Statement:
    sums: dict[str, Decimal] = {}
    for item in asked:
        sums[item.currency] = sums.get(item.currency, Decimal()) + item.amount
    first = (Section(SectionKind.ASKED, tuple(asked)),) if asked else ()
    return Statement(as_of=TODAY - timedelta(days=1), sections=(*first, *others), asked=sums)


def upcoming() -> Statement:
    lines = (
        line("F-2026-1044", "2100.00", due=date(2026, 11, 27), order="BC-7850"),
        line("F-2026-1051", "640.80", due=date(2026, 11, 30)),
    )
    far = line("F-2026-1099", "300.00", due=date(2027, 1, 15), order="BC-7901")
    return statement((), (Section(SectionKind.NOT_DUE, (*lines, far)),))


def notice(
    template: str, language: str, shown: Statement, channel: Channel = Channel.EMAIL
) -> Notice:
    level = LEVELS[template]
    kind = SectionKind.NOT_DUE if level is Level.PREVENTIVE else SectionKind.ASKED
    section = shown.section(kind)
    horizon = TODAY + timedelta(days=15)
    keys = (
        [ln.key for ln in section.lines if ln.due_date and ln.due_date < horizon] if section else []
    )
    performs = tuple((key, template) for key in sorted(keys))
    at = NOW
    return Notice(
        id=notice_id("delorme", DEBTOR.code, channel, performs, 1),
        creditor="delorme",
        debtor=DEBTOR.code,
        channel=channel,
        status=NoticeStatus.SENDING,
        step=template,
        level=level,
        template=template,
        performs=performs,
        asked=dict.fromkeys(keys, Decimal(1)),
        recipients=(_recipient(template, channel),),
        language=language,
        planned_for=TODAY,
        created_at=at,
        updated_at=at,
        reply_token="0f" * 16,
        is_formal_notice=template == "formal_notice",
        deadline=TODAY + timedelta(days=15) if level.rank >= Level.LEVEL_2.rank else None,
    )


def _recipient(template: str, channel: Channel) -> Recipient:
    if template.startswith("level_2") or template == "formal_notice":
        email = None if channel.is_letter else "direction@vidal.example"
        return Recipient("manager", "M. Paul Vidal", email)
    return Recipient("ap", "Mme Aline Roux", "compta@vidal.example")


def content(
    template: str,
    language: str = "fr",
    *,
    shown: Statement | None = None,
    channel: Channel = Channel.EMAIL,
) -> NoticeContent:
    shown = shown or (upcoming() if template == "preventive" else statement())
    formal = template == "formal_notice"
    firm = template.startswith("level_2") or formal
    return NoticeContent(
        notice=notice(template, language, shown, channel),
        identity=IDENTITY,
        payment=PAYMENT,
        collector=COLLECTOR,
        debtor=DEBTOR,
        statement=shown,
        written_on=TODAY,
        written_at=NOW,
        reply_to=f"r.{'0f' * 16}@reponses.delorme.example",
        penalties=Penalties.CLAIM if formal else Penalties.MENTION if firm else Penalties.NONE,
        claim=_claim(shown) if formal else None,
        history=HISTORY if formal else (),
        broken_promises=() if template == "preventive" else (date(2026, 10, 30),),
        announces="litigation" if formal else "formal_notice" if firm else None,
        grants_days=8 if firm else None,
    )


def shared_content(
    template: str = "level_1", language: str = "fr", *, channel: Channel = Channel.EMAIL
) -> NoticeContent:
    """A message about three debtors of one payer; the third only has something to fall due, unless
    the message is a formal notice: then it owes too, under a number that the first has as well.
    """
    lead = content(template, language, channel=channel)
    formal = template == "formal_notice"
    owes = statement((line("F-2026-0871", "1000.00", due=date(2026, 9, 15)),), ())
    second = statement(
        (
            line("F-2026-2001", "815.00", due=date(2026, 10, 2), original="900.00"),
            line("F-2026-2002", "99.90", due=date(2026, 10, 2), currency="USD"),
        ),
        (OTHERS[2],),
    )
    if template == "preventive":
        owes = second = upcoming()
    shown = (("C0043", "Vidal Grenoble", second), ("C0051", "Vidal Annecy", owes))
    accounts = tuple(
        _account(code, name, one, LEVELS[template], formal) for code, name, one in shown
    )
    if template not in {"preventive", "formal_notice"}:
        late = _account("C0051", "Vidal Annecy", upcoming(), Level.PREVENTIVE, formal)
        accounts = (accounts[0], late)
    parts = tuple(
        NoticePart(one.debtor.code, (), dict.fromkeys(one.asked, Decimal(1)), one.level)
        for one in accounts
    )
    notice_ = replace(lead.notice, companions=parts)
    return replace(lead, notice=notice_, companions=accounts, payer="Groupe Vidal")


def _account(code: str, name: str, shown: Statement, level: Level, formal: bool) -> DebtorAccount:
    kind = SectionKind.NOT_DUE if level is Level.PREVENTIVE else SectionKind.ASKED
    section = shown.section(kind)
    assert section is not None
    soon = TODAY + timedelta(days=15)
    keys = frozenset(ln.key for ln in section.lines if ln.due_date and ln.due_date < soon)
    debtor = replace(DEBTOR, code=code, name=name)
    return DebtorAccount(debtor, level, keys, shown, _claim(shown) if formal else None)


def letter_content(
    template: str, language: str = "fr", *, shown: Statement | None = None
) -> NoticeContent:
    return content(template, language, shown=shown, channel=Channel.REGISTERED_LETTER)


def copy_content(
    template: str, language: str = "fr", *, pdf: bytes | None = b"%PDF-1.7 the letter"
) -> NoticeContent:
    """The e-mail copy of a registered letter of today."""
    given = content(template, language)
    copy = replace(given.notice, is_formal_notice=False, copy_of="of-a-letter")
    return replace(given, notice=copy, letter=CopiedLetter(TODAY, pdf))


def told_content(
    template: str, language: str = "fr", *, channel: Channel = Channel.EMAIL, **changes: object
) -> NoticeContent:
    """A message about an agreement; changes: of what it tells."""
    given = content("level_1", language, shown=statement((), ()), channel=channel)
    default = template == "plan_default"
    about = replace(
        given.notice,
        step=template,
        template=template,
        performs=(),
        asked={},
        answers=None if default else "hold-3",
        deadline=TODAY + timedelta(days=8) if default else None,
    )
    told = replace(TOLD[template], **changes)  # type: ignore[arg-type]
    letter = CopiedLetter(TODAY, b"%PDF-1.7 to sign") if template == "plan_agreement" else None
    letter = letter if channel is Channel.EMAIL else None
    return replace(given, notice=about, told=told, broken_promises=(), letter=letter)


_LINES = (
    ToldLine("F-2026-0871", date(2026, 9, 30), Decimal("4820.50"), "EUR"),
    ToldLine("F-2026-0903", date(2026, 10, 15), Decimal("1250.00"), "EUR"),
)
_TOTAL = {"EUR": Decimal("6070.50")}
_INSTALMENTS = (
    ToldInstalment(date(2026, 11, 28), Decimal("1500.00"), is_paid=True),
    ToldInstalment(date(2026, 12, 15), Decimal("1523.50"), is_paid=False),
    ToldInstalment(date(2027, 1, 15), Decimal("1523.50"), is_paid=False),
    ToldInstalment(date(2027, 2, 15), Decimal("1523.50"), is_paid=False),
)
_PLAN = Told(_LINES, _TOTAL, date(2026, 11, 28), person="M. Paul Vidal", instalments=_INSTALMENTS)
TOLD = {
    "promise_recap": Told(
        _LINES, _TOTAL, date(2026, 11, 30), "transfer", "Mme Aline Roux", to_sign=True
    ),
    "dispute_noted": Told(_LINES[1:], {"EUR": Decimal("1250.00")}, date(2026, 12, 5), what="price"),
    "dispute_resolved": Told(
        _LINES[1:],
        {"EUR": Decimal("1250.00")},
        date(2026, 11, 28),
        what="delivery",
        resolution="rejected",
        attached=(("BL-0903.pdf", b"%PDF-1.7 proof", "application/pdf"),),
    ),
    "plan_agreement": replace(
        _PLAN, to_sign=True, instalments=tuple(replace(one, is_paid=False) for one in _INSTALMENTS)
    ),
    "plan_agreed": replace(_PLAN, to_sign=True),
    "plan_default": replace(_PLAN, day=date(2026, 12, 15), missing=Decimal("1523.50")),
    "arrangement_recap": Told(_LINES, _TOTAL, date(2027, 1, 31), what="lcr_signed"),
    "call_recap": Told(_LINES, _TOTAL, date(2026, 11, 30), what="invoice-not-received"),
}


def long_statement(count: int = 60) -> Statement:
    lines = [
        line(
            f"F-2026-{number:04}",
            f"{137 * number}.{number % 100:02}",
            due=date(2026, 6, 1) + timedelta(days=number),
            order=f"PO {number} / chantier de la gare" if number % 3 else None,
        )
        for number in range(1, count + 1)
    ]
    return statement(lines)


def dollars_too() -> Statement:
    return statement((*ASKED, line("F-2026-0960", "1999.99", currency="USD")))


def with_long_names(given: NoticeContent) -> NoticeContent:
    debtor = replace(given.debtor, name="Société Méditerranéenne de Menuiserie")
    name = (
        "M. Jean-Christophe de La Rochefoucauld-Montmorency, directeur administratif et financier"
    )
    recipients = tuple(replace(r, name=name) for r in given.notice.recipients)
    number = "FACTURE-2026-EXPORT-MEDITERRANEE-0000000000871-B"
    section = given.statement.sections[0]
    lines = (replace(section.lines[0], number=number), *section.lines[1:])
    sections = (replace(section, lines=lines), *given.statement.sections[1:])
    return replace(
        given,
        debtor=debtor,
        notice=replace(given.notice, recipients=recipients),
        statement=replace(given.statement, sections=sections),
    )


def _claim(shown: Statement) -> PenaltyClaim:
    section = shown.section(SectionKind.ASKED)
    lines = section.lines if section else ()
    items = [
        LateItem(ln.number, ln.due_date, ln.amount)
        for ln in lines
        if ln.due_date and ln.currency == "EUR"
    ]
    return penalty_claim(items, TODAY, late_payment_rates())


HISTORY = (
    PastStep(date(2026, 9, 23), Channel.EMAIL, Level.PREVENTIVE, "sent"),
    PastStep(date(2026, 10, 5), Channel.EMAIL, Level.LEVEL_1, "sent"),
    PastStep(date(2026, 10, 7), Channel.CALL, Level.LEVEL_1, "reached"),
    PastStep(date(2026, 10, 14), Channel.EMAIL, Level.LEVEL_1, "sent"),
    PastStep(date(2026, 10, 22), Channel.REGISTERED_LETTER, Level.LEVEL_2, "handed-over"),
    PastStep(date(2026, 10, 30), Channel.CALL, Level.LEVEL_2, "unreached"),
    PastStep(date(2026, 11, 5), Channel.EMAIL, Level.LEVEL_2, "sent"),
)
