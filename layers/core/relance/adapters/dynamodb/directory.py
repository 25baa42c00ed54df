"""Which case an incoming message belongs to: one read per question."""

from relance.adapters.dynamodb import keys
from relance.adapters.dynamodb.notice_rows import thread_from
from relance.adapters.dynamodb.table import Table
from relance.adapters.store_rules import address_key, message_key
from relance.application.ports import ThreadRef


class DynamoDirectory:
    def __init__(self, table: Table):
        self._table = table

    def by_token(self, token: str) -> ThreadRef | None:
        return self._thread(keys.token(token.lower()))

    def by_message_id(self, message_id: str) -> ThreadRef | None:
        return self._thread(keys.message(message_key(message_id)))

    def by_address(self, creditor: str, address: str) -> tuple[ThreadRef, ...]:
        found = self._table.starting_with(keys.address(creditor, address_key(address)), "")
        return tuple(ThreadRef(creditor, keys.text_of(row.sk)) for row in found)

    def by_reply_domain(self, domain: str) -> tuple[str, ...]:
        found = self._table.starting_with(keys.reply_domain(domain.lower()), "")
        return tuple(keys.text_of(row.sk) for row in found)

    def _thread(self, pk: str) -> ThreadRef | None:
        row = self._table.get(pk, keys.THREAD)
        return None if row is None else thread_from(row)
