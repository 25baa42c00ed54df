"""The in-memory twin of `DynamoStores`."""

from relance.adapters.memory.case_store import MemoryCaseStore
from relance.adapters.memory.database import MemoryDatabase
from relance.adapters.memory.other_stores import (
    MemoryCreditorStore,
    MemoryDirectory,
    MemoryImportStore,
    MemoryNoticeStore,
    MemoryReplyStore,
)
from relance.adapters.memory.run_store import MemoryRunStore
from relance.application.ports import CreditorStores, RandomSource


class MemoryStores:
    def __init__(self, *, random: RandomSource, database: MemoryDatabase | None = None):
        self.database = database or MemoryDatabase()
        self._random = random
        self.creditors = MemoryCreditorStore(self.database, random=random)
        self.directory = MemoryDirectory(self.database)

    def of(self, creditor: str) -> CreditorStores:
        return CreditorStores(
            cases=MemoryCaseStore(self.database, creditor, random=self._random),
            notices=MemoryNoticeStore(self.database, creditor),
            replies=MemoryReplyStore(self.database, creditor),
            imports=MemoryImportStore(self.database, creditor),
            runs=MemoryRunStore(self.database, creditor),
        )
