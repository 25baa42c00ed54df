"""A customer's message: the SES receipt rule stored it in S3, then invoked this."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from relance import bootstrap
from relance.adapters.lambda_events import inbound_mails
from relance.observability import logger
from relance.settings import RecordReplySettings


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    use_case = bootstrap.record_reply(RecordReplySettings.from_env())
    reports = [use_case(inbound) for inbound in inbound_mails(event)]
    for report in reports:
        fields = {"kind": report.kind, "matched_by": report.matched_by, "held": report.held}
        logger.info("reply recorded", extra=fields)
    return {"recorded": len(reports)}
