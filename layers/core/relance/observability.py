"""The only logger of the product. Never give it names, addresses or message bodies."""

from aws_lambda_powertools import Logger

logger = Logger(service="relance")
