"""The one table, its row and its sparse index."""

from collections.abc import Iterable

from pynamodb.attributes import BinaryAttribute, UnicodeAttribute, UnicodeSetAttribute
from pynamodb.connection import Connection
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection
from pynamodb.models import Model

from relance.adapters.codec import pack, unpack
from relance.adapters.dynamodb.attributes import DateAttribute, DecimalAttribute, IntegerAttribute

PLAIN_UP_TO = 1_000
"""Characters of a body kept readable: a write is paid by the kilobyte, so longer ones are packed,
which also keeps the largest cases far from the 400 KB that a row may hold."""


class AgendaIndex(GlobalSecondaryIndex["Row"]):  # type: ignore[no-untyped-call]
    """Finds what has a next date; what it found is read again from the table."""

    class Meta:
        index_name = "agenda"
        projection = KeysOnlyProjection()

    agenda = UnicodeAttribute(hash_key=True)
    agenda_at = UnicodeAttribute(range_key=True)


class Row(Model):
    """Any row of the table: the attributes that conditions and indexes need, the rest as JSON."""

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    agenda = UnicodeAttribute(null=True)
    agenda_at = UnicodeAttribute(null=True)
    agenda_index = AgendaIndex()

    body = UnicodeAttribute(null=True)
    packed = BinaryAttribute(null=True, legacy_encoding=False)
    version = IntegerAttribute(null=True)
    status = UnicodeAttribute(null=True)

    chain_seq = IntegerAttribute(null=True)
    chain_hash = UnicodeAttribute(null=True)
    pointers = UnicodeAttribute(null=True)
    personal = UnicodeAttribute(null=True)
    salt = UnicodeAttribute(null=True)
    forwarded_at = UnicodeAttribute(null=True)
    seen_by = UnicodeAttribute(null=True)
    seen_at = UnicodeAttribute(null=True)
    reply_domain = UnicodeAttribute(null=True)
    expected = UnicodeSetAttribute(null=True)
    finished = UnicodeSetAttribute(null=True)
    expires_at = IntegerAttribute(null=True)

    import_seq = IntegerAttribute(null=True)
    number = UnicodeAttribute(null=True)
    kind = UnicodeAttribute(null=True)
    issue_date = DateAttribute(null=True)
    due_date = DateAttribute(null=True)
    amount = DecimalAttribute(null=True)
    open_amount = DecimalAttribute(null=True)
    currency = UnicodeAttribute(null=True)
    order_number = UnicodeAttribute(null=True)
    credits_number = UnicodeAttribute(null=True)
    settlement = UnicodeAttribute(null=True)
    settled_on = DateAttribute(null=True)
    payment_method = UnicodeAttribute(null=True)
    flag = UnicodeAttribute(null=True)
    account = UnicodeAttribute(null=True)
    part = UnicodeAttribute(null=True)
    reminder_level = IntegerAttribute(null=True)
    reminded_on = DateAttribute(null=True)
    insurer = UnicodeAttribute(null=True)
    factor = UnicodeAttribute(null=True)

    def holding(self, text: str) -> "Row":
        """This row with that body, packed when it is long."""
        if len(text) <= PLAIN_UP_TO:
            self.body = text
        else:
            self.packed = pack(text)
        return self

    @property
    def text(self) -> str:
        return unpack(self.packed) if self.packed is not None else self.body


class Table:
    """The table, bound to its name here and nowhere else: tests open several."""

    def __init__(self, name: str, *, region: str | None = None, endpoint: str | None = None):
        self.name = name
        self.rows = _bound(name, region, endpoint)

    @property
    def connection(self) -> Connection:
        """The connection of the rows: a transaction on its own would pay a second client."""
        return self.rows._get_connection().connection

    def get(self, pk: str, sk: str) -> Row | None:
        """One row, read consistently."""
        try:
            return self.rows.get(pk, sk, consistent_read=True)
        except self.rows.DoesNotExist:
            return None

    def all_of(self, keys: Iterable[tuple[str, str]]) -> list[Row]:
        """The rows that exist among these keys, read consistently, in no order."""
        return list(self.rows.batch_get(list(keys), consistent_read=True))

    def starting_with(self, pk: str, prefix: str, *, consistent: bool = True) -> list[Row]:
        """The rows of a partition whose sort key starts with `prefix`, in its order."""
        wanted = self.rows.sk.startswith(prefix) if prefix else None
        return list(self.rows.query(pk, wanted, consistent_read=consistent))

    def after(self, pk: str, sk: str, limit: int) -> list[Row]:
        """At most so many rows of a partition after that sort key, "" for the first ones."""
        wanted = self.rows.sk > sk if sk else None
        return list(self.rows.query(pk, wanted, consistent_read=True, limit=limit))


def _bound(name: str, table_region: str | None, endpoint: str | None) -> type[Row]:
    class BoundRow(Row):
        class Meta:
            table_name = name
            region = table_region
            host = endpoint
            connect_timeout_seconds = 5
            read_timeout_seconds = 10
            max_retry_attempts = 5

    return BoundRow
