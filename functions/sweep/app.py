"""The hourly safety net: queue again, expire, and name what a person must resolve."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from relance import bootstrap
from relance.observability import logger
from relance.settings import SweepSettings


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    reports = bootstrap.sweep(SweepSettings.from_env())()
    doubtful = [notice for report in reports for notice in report.doubtful]
    if doubtful:
        untold = [report.creditor for report in reports if report.told is False]
        logger.warning("notices to resolve", extra={"notices": doubtful, "untold": untold})
    queued = sum(len(report.queued) for report in reports)
    expired = sum(len(report.expired) for report in reports)
    logger.info("swept", extra={"queued": queued, "expired": expired})
    return {"queued": queued, "expired": expired, "doubtful": doubtful}
