"""An object dropped by the finance team: S3 → EventBridge → SQS → here."""

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
from relance.adapters.lambda_events import dropped_object
from relance.application.ports import LeaseTaken
from relance.observability import logger
from relance.settings import ImportBalanceSettings

processor = BatchProcessor(event_type=EventType.SQS)


def import_one(record: SQSRecord) -> None:
    settings = ImportBalanceSettings.from_env()
    try:
        outcome = bootstrap.import_drop(settings)(dropped_object(record.json_body))
    except LeaseTaken as busy:
        queue = bootstrap.drop_queue(settings)
        queue.bring_back(record.receipt_handle, after=busy.again_in)
        raise
    logger.info("drop imported", extra={"status": outcome.status, "counts": outcome.counts})


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    return process_partial_response(
        event=event, record_handler=import_one, processor=processor, context=context
    )
