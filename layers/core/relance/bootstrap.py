"""The composition root: settings in, use cases out. The only place where adapters meet them.

Built once per process and settings, then reused warm; tests call `forget()` between two worlds.
"""

import os
from collections.abc import Callable
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import boto3

from relance.adapters.clocks import SimulatedClock, SystemClock
from relance.adapters.config_files.policy_yaml import FilePolicies, Surroundings
from relance.adapters.dynamodb.stores import DynamoStores
from relance.adapters.dynamodb.table import Table
from relance.adapters.holiday_calendars import HolidayCalendars
from relance.adapters.random_source import SecretsRandomSource
from relance.adapters.s3_evidence import S3EvidenceObjects
from relance.adapters.s3_files import S3Files
from relance.adapters.ses_mailer import RedirectingMailer, SesMailer, ses_client
from relance.adapters.sqs_queues import SqsDropQueue, SqsNoticeQueue, SqsPlanQueue
from relance.application import plan_notices as planning
from relance.application.answers import Postbox
from relance.application.carriers import EmailCarrier, LetterCarrier
from relance.application.dispatch import Gate
from relance.application.importing.doors import ImportDoors, ImportOutcome
from relance.application.importing.drop import DropEvent
from relance.application.morning.readers import Recipient
from relance.application.morning.send import MorningKit, MorningReport
from relance.application.notice_content import ClaimPenalties
from relance.application.office import Desk, Office
from relance.application.plan_case import PlanReport
from relance.application.ports import (
    Clock,
    LetterRenderer,
    Mailer,
    NoticeQueue,
    RandomSource,
)
from relance.application.record_delivery import DeliveryOutcome
from relance.application.record_reply import InboundMail, ReplyReport
from relance.application.sample_notices import SampleKit
from relance.application.send_notice import SendReport
from relance.application.staff_mail import StaffMail
from relance.application.sweep import SweepReport
from relance.application.tell_calls import CallsTold
from relance.application.worklists.listing import WorkbookOfDay
from relance.domain.delivery import DeliveryReport
from relance.settings import (
    RECIPIENTS,
    ImportBalanceSettings,
    MailSettings,
    PlanNoticesSettings,
    RecordDeliverySettings,
    RecordReplySettings,
    RenderLetterSettings,
    SendNoticeSettings,
    Settings,
    SweepSettings,
)

PACKAGE = Path(__file__).resolve().parent

SendOne = Callable[[str, str], SendReport]


def templates_dir() -> Path:
    """/opt/templates on Lambda (the templates layer), the checkout's own elsewhere."""
    given = os.environ.get("TEMPLATES_DIR")
    if given:
        return Path(given)
    layer = Path("/opt/templates")
    return layer if layer.is_dir() else PACKAGE.parents[2] / "templates"


@cache
def client(service: str) -> Any:
    return boto3.client(service)


@cache
def table(name: str) -> Table:
    return Table(name)


@cache
def stores(settings: Settings) -> DynamoStores:
    return DynamoStores(table(settings.table_name), random=random_source())


@cache
def random_source() -> RandomSource:
    return SecretsRandomSource()


@cache
def policies() -> FilePolicies:
    return FilePolicies(PACKAGE / "policies")


def policy_surroundings() -> Surroundings:
    return Surroundings(templates_dir(), HolidayCalendars().knows, policies().names())


@cache
def office(settings: Settings) -> Office:
    opened = stores(settings)
    return Office(
        creditors=opened.creditors,
        stores=opened,
        policies=policies(),
        calendars=HolidayCalendars(),
        clock=_clock(settings),
    )


def _clock(settings: Settings) -> Clock:
    """A simulated clock never reaches production: the template refuses it, and so does this."""
    if settings.clock == "simulated" and settings.stage != "prod":
        return SimulatedClock(table(settings.table_name))
    return SystemClock()


def _mailer(settings: MailSettings) -> Mailer:
    """Only prod writes to people."""
    ses = SesMailer(ses_client(), configuration_set=settings.configuration_set)
    if settings.stage == "prod" or settings.redirect_to == RECIPIENTS:
        return ses
    return RedirectingMailer(ses, settings.redirect_to)


def _staff() -> Any:
    from relance.adapters.rendering.staff import JinjaStaffRenderer

    return JinjaStaffRenderer(templates_dir())


def staff_mail(settings: MailSettings) -> StaffMail:
    return StaffMail(_staff(), _mailer(settings))


def postbox(gate: Gate) -> Postbox:
    """How the commands of people answer customers."""
    return Postbox(gate, random_source())


def _penalties() -> ClaimPenalties:
    from relance.adapters.rates import late_payment_rates
    from relance.application.claim_penalties import claim_penalties

    return partial(claim_penalties, rates=late_payment_rates())


def import_doors(settings: ImportBalanceSettings) -> ImportDoors:
    from relance.adapters.drop_reader import ContentDropReader
    from relance.adapters.rendering.report_page import JinjaReportRenderer

    return ImportDoors(
        office=office(settings),
        drops=S3Files(client("s3"), settings.drop_bucket),
        reports=S3Files(client("s3"), settings.reports_bucket),
        objects=S3EvidenceObjects(client("s3"), settings.evidence_bucket),
        reader=ContentDropReader(policies().names(), policy_surroundings()),
        renderer=_staff(),
        mailer=_mailer(settings),
        pages=JinjaReportRenderer(templates_dir()),
        postbox=postbox(gate(settings)),
    )


@cache
def import_drop(settings: ImportBalanceSettings) -> Callable[[DropEvent], ImportOutcome]:
    from relance.application.importing.receive import import_drop as use_case

    return partial(use_case, doors=import_doors(settings))


@cache
def drop_queue(settings: ImportBalanceSettings) -> SqsDropQueue:
    return SqsDropQueue(client("sqs"), settings.import_queue_url)


@cache
def run_hour(settings: PlanNoticesSettings) -> Callable[[datetime], planning.HourReport]:
    pages = SqsPlanQueue(client("sqs"), settings.plan_queue_url)
    return partial(planning.run_hour, gate=gate(settings), pages=pages)


def gate(settings: PlanNoticesSettings | SweepSettings | ImportBalanceSettings) -> Gate:
    queue = _notice_queue(settings.send_queue_url, settings.letter_queue_url)
    return Gate(office(settings), queue, staff_mail(settings))


def sample_kit(settings: SendNoticeSettings) -> SampleKit:
    from relance.adapters.rendering.emails import JinjaNoticeRenderer

    return SampleKit(
        emails=JinjaNoticeRenderer(templates_dir()),
        letters=_letters_here(),
        mailer=_mailer(settings),
        objects=S3EvidenceObjects(client("s3"), settings.evidence_bucket),
        claim_penalties=_penalties(),
    )


def _letters_here() -> LetterRenderer | None:
    """None where the libraries of letters are not installed."""
    try:
        from relance.adapters.rendering.weasyprint_letters import WeasyPrintLetterRenderer
    except (ImportError, OSError):
        return None
    return WeasyPrintLetterRenderer(templates_dir())


def call_sheets() -> Any:
    from relance.adapters.rendering.call_sheets import JinjaCallSheets

    return JinjaCallSheets(templates_dir())


def workbook_of_day() -> WorkbookOfDay:
    """What the morning's mail attaches for those who never type commands."""
    from relance.adapters.worklist_files.writing import XlsxWorklistWriter
    from relance.application.worklists.listing import worklist_workbook

    return partial(worklist_workbook, sheets=call_sheets(), writer=XlsxWorklistWriter())


def morning_kit(settings: MailSettings) -> MorningKit:
    return MorningKit(staff_mail(settings), call_sheets(), _workbook_for)


def _workbook_for(desk: Desk, who: Recipient) -> bytes | None:
    return workbook_of_day()(desk, None if who.is_finance else who.keys)


@cache
def send_morning(settings: PlanNoticesSettings) -> Callable[[str, date], MorningReport]:
    from relance.application.morning.send import send_morning as use_case

    return partial(use_case, office=office(settings), kit=morning_kit(settings))


@cache
def tell_late(settings: PlanNoticesSettings) -> Callable[[datetime], dict[str, CallsTold]]:
    from relance.application.morning.late import tell_late as use_case

    return partial(use_case, office=office(settings), kit=morning_kit(settings))


@cache
def plan_page(
    settings: PlanNoticesSettings,
) -> Callable[[str, date, tuple[str, ...]], PlanReport]:
    queue = _notice_queue(settings.send_queue_url, settings.letter_queue_url)
    return partial(
        planning.plan_page,
        office=office(settings),
        queue=queue,
        random=random_source(),
        staff=staff_mail(settings),
        pages=SqsPlanQueue(client("sqs"), settings.plan_queue_url),
    )


def _notice_queue(mail_url: str, letter_url: str | None = None) -> NoticeQueue:
    return SqsNoticeQueue(client("sqs"), mail_url=mail_url, letter_url=letter_url)


@cache
def send_notice(settings: SendNoticeSettings) -> SendOne:
    from relance.adapters.rendering.emails import JinjaNoticeRenderer
    from relance.application.send_notice import send_notice as use_case

    return partial(
        use_case,
        office=office(settings),
        carrier=EmailCarrier(JinjaNoticeRenderer(templates_dir()), _mailer(settings)),
        objects=S3EvidenceObjects(client("s3"), settings.evidence_bucket),
        claim_penalties=_penalties(),
        random=random_source(),
    )


@cache
def render_letter(settings: RenderLetterSettings) -> SendOne:
    from relance.adapters.manual_letters import ManualLetterProvider
    from relance.adapters.rendering.emails import JinjaNoticeRenderer
    from relance.adapters.rendering.weasyprint_letters import WeasyPrintLetterRenderer
    from relance.application.send_letter import send_letter
    from relance.application.send_notice import send_notice as use_case

    provider = ManualLetterProvider(S3Files(client("s3"), settings.reports_bucket))
    emails = EmailCarrier(JinjaNoticeRenderer(templates_dir()), _mailer(settings))
    send = partial(
        use_case,
        office=office(settings),
        carrier=LetterCarrier(WeasyPrintLetterRenderer(templates_dir()), provider, emails),
        objects=S3EvidenceObjects(client("s3"), settings.evidence_bucket),
        claim_penalties=_penalties(),
        random=random_source(),
    )
    return partial(
        send_letter,
        send=send,
        office=office(settings),
        staff=staff_mail(settings),
        queue=_notice_queue(settings.send_queue_url),
    )


@cache
def sweep(settings: SweepSettings) -> Callable[[], tuple[SweepReport, ...]]:
    from relance.application.sweep import sweep as use_case

    queue = _notice_queue(settings.send_queue_url, settings.letter_queue_url)
    return partial(use_case, office=office(settings), queue=queue, staff=staff_mail(settings))


@cache
def record_delivery(
    settings: RecordDeliverySettings,
) -> Callable[[DeliveryReport, bytes], DeliveryOutcome]:
    from relance.application.record_delivery import record_delivery as use_case

    objects = S3EvidenceObjects(client("s3"), settings.evidence_bucket)
    return partial(
        use_case,
        office=office(settings),
        objects=objects,
        random=random_source(),
        staff=staff_mail(settings),
    )


@cache
def record_reply(settings: RecordReplySettings) -> Callable[[InboundMail], ReplyReport]:
    from relance.adapters.mail_reader import read_mail
    from relance.application.forward_reply import forward_reply
    from relance.application.record_reply import record_reply as use_case

    return partial(
        use_case,
        office=office(settings),
        directory=stores(settings).directory,
        mail=S3Files(client("s3"), settings.mail_bucket),
        read_mail=read_mail,
        objects=S3EvidenceObjects(client("s3"), settings.evidence_bucket),
        forward=partial(forward_reply, renderer=_staff(), mailer=_mailer(settings)),
    )


def forget() -> None:
    """Forget every collaborator built so far: another world begins."""
    for built in (
        client,
        table,
        stores,
        random_source,
        policies,
        office,
        import_drop,
        drop_queue,
        run_hour,
        send_morning,
        tell_late,
        plan_page,
        send_notice,
        render_letter,
        sweep,
        record_delivery,
        record_reply,
    ):
        built.cache_clear()
