"""One registered letter per message: SQS → here → PDF → letter provider."""

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
from relance.adapters.lambda_events import notice_message
from relance.observability import logger
from relance.settings import RenderLetterSettings

processor = BatchProcessor(event_type=EventType.SQS)


def send_one(record: SQSRecord) -> None:
    message = notice_message(record.json_body)
    use_case = bootstrap.render_letter(RenderLetterSettings.from_env())
    report = use_case(message.creditor, message.notice_id)
    logger.info("notice handled", extra={"status": report.status, "reason": report.reason})


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    return process_partial_response(
        event=event, record_handler=send_one, processor=processor, context=context
    )
