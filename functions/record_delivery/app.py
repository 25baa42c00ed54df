"""Delivery events of SES: configuration set → EventBridge → SQS → here."""

from typing import Any

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from relance import bootstrap
from relance.adapters.lambda_events import canonical_json, delivery_report
from relance.observability import logger
from relance.settings import RecordDeliverySettings

processor = BatchProcessor(event_type=EventType.SQS)


def record_one(record: SQSRecord) -> None:
    report = delivery_report(record.json_body)
    if report is None:
        logger.info("not about a notice")
        return
    use_case = bootstrap.record_delivery(RecordDeliverySettings.from_env())
    outcome = use_case(report, canonical_json(record.json_body))
    facts = {"status": outcome.status, "reason": outcome.reason, "told": outcome.told}
    logger.info("delivery recorded", extra=facts)


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    return process_partial_response(
        event=event, record_handler=record_one, processor=processor, context=context
    )
