"""The stores of one creditor, opened on one table."""

import time
from collections.abc import Callable

from relance.adapters.dynamodb.case_store import DynamoCaseStore
from relance.adapters.dynamodb.creditor_store import DynamoCreditorStore
from relance.adapters.dynamodb.directory import DynamoDirectory
from relance.adapters.dynamodb.import_store import DynamoImportStore
from relance.adapters.dynamodb.notice_store import DynamoNoticeStore
from relance.adapters.dynamodb.reply_store import DynamoReplyStore
from relance.adapters.dynamodb.run_store import DynamoRunStore
from relance.adapters.dynamodb.table import Table
from relance.adapters.dynamodb.transactions import Transactions
from relance.application.ports import CreditorStores, RandomSource


class DynamoStores:
    """Everything that a table holds: `of(creditor)`, the creditors and the directory."""

    def __init__(
        self, table: Table, *, random: RandomSource, sleep: Callable[[float], None] = time.sleep
    ):
        self._table = table
        self._random = random
        self._transactions = Transactions(table, sleep=sleep)
        self.creditors = DynamoCreditorStore(table, self._transactions, random=random)
        self.directory = DynamoDirectory(table)

    def of(self, creditor: str) -> CreditorStores:
        table, transactions = self._table, self._transactions
        return CreditorStores(
            cases=DynamoCaseStore(table, transactions, creditor, random=self._random),
            notices=DynamoNoticeStore(table, creditor),
            replies=DynamoReplyStore(table, transactions, creditor),
            imports=DynamoImportStore(table, transactions, creditor),
            runs=DynamoRunStore(table, transactions, creditor),
        )
