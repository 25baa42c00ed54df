"""The daily run: the hourly schedule starts it and, later, lets out what it planned; a queue brings
its pages of cases, then the mail of the morning.
"""

from dataclasses import asdict
from typing import Any

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from relance import bootstrap
from relance.adapters.lambda_events import plan_page, scheduled_instant
from relance.observability import logger
from relance.settings import PlanNoticesSettings

processor = BatchProcessor(event_type=EventType.SQS)


def plan_one_page(record: SQSRecord) -> None:
    page, settings = plan_page(record.json_body), PlanNoticesSettings.from_env()
    if page.debtors is None:
        morning = bootstrap.send_morning(settings)(page.creditor, page.today)
        logger.info("morning mails", extra=asdict(morning))
        return
    report = bootstrap.plan_page(settings)(page.creditor, page.today, page.debtors)
    facts = {"cases": report.cases, "actions": report.actions, "queued": len(report.dispatched)}
    facts |= {"told": report.told, "untold": report.untold}
    logger.info("page planned", extra=facts)


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    if "Records" not in event:
        settings, instant = PlanNoticesSettings.from_env(), scheduled_instant(event)
        try:
            hour = bootstrap.run_hour(settings)(instant)
        finally:
            # A creditor that cannot be planned keeps nobody's mail nor list of calls waiting.
            told = bootstrap.tell_late(settings)(instant)
        calls = {code: asdict(one) for code, one in told.items()}
        done = {"creditors": hour.started, "dispatched": hour.dispatched, "calls": calls}
        logger.info("hour begun", extra=done)
        return done
    return dict(process_partial_response(event, plan_one_page, processor, context))
