"""A worklist as a person has it in front of them: written, filled in, saved by another program,
dropped back.
"""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from relance.adapters.balance_files import read_table
from relance.adapters.balance_files.table import Cell
from relance.adapters.drop_reader import ContentDropReader
from relance.adapters.memory.files import MemoryFiles
from relance.adapters.rendering.report_page import JinjaReportRenderer
from relance.adapters.rendering.staff import JinjaStaffRenderer
from relance.adapters.worklist_files.layout import (
    AUTHOR_COLUMN,
    AUTHOR_ROW,
    HEADER_ROW,
    PLACES,
    Col,
)
from relance.adapters.worklist_files.writing import XlsxWorklistWriter
from relance.application.importing.doors import ImportDoors, ImportOutcome
from relance.application.importing.drop import DropEvent
from relance.application.importing.receive import import_drop
from relance.application.worklists.listing import worklist_workbook
from tests.builders_xlsx import build_xlsx
from tests.world import TEMPLATES, World


@dataclass
class Paper:
    """The sheet to fill in, cell by cell."""

    rows: list[list[Cell]]

    @classmethod
    def of(cls, content: bytes) -> "Paper":
        sheet = read_table(content).sheets[0]
        width = len(PLACES)
        return cls([[*row, *[None] * (width - len(row))] for row in sheet.rows])

    def sign(self, name: str = "Claire Martin") -> "Paper":
        self.rows[AUTHOR_ROW - 1][AUTHOR_COLUMN] = name
        return self

    def line(self, kind: str, code: str = "C001", nth: int = 0) -> int:
        """1-based, of the nth row of that kind and customer."""
        found = [
            number
            for number, row in enumerate(self.rows, 1)
            if number > HEADER_ROW and row[0] == kind and row[PLACES[Col.CODE]] == code
        ]
        return found[nth]

    def fill(self, line: int, **cells: Any) -> "Paper":
        """By the values of `Col`."""
        for name, value in cells.items():
            self.rows[line - 1][PLACES[Col(name)]] = value
        return self

    def cell(self, line: int, col: Col) -> Cell:
        return self.rows[line - 1][PLACES[col]]

    def saved(self) -> bytes:
        """As another program writes it: no style, no rule, one sheet."""
        return build_xlsx({"Feuille1": self.cells()})

    def cells(self) -> list[list[str | Decimal | date | None]]:
        return [[_plain(cell) for cell in row] for row in self.rows]


def _plain(cell: Cell) -> str | Decimal | date | None:
    return cell.date() if isinstance(cell, datetime) else cell


@dataclass
class Bucket:
    """The drop bucket of a world, with what its import answers."""

    world: World
    drops: MemoryFiles = field(default_factory=MemoryFiles)
    reports: MemoryFiles = field(default_factory=MemoryFiles)

    def doors(self) -> ImportDoors:
        world = self.world
        return ImportDoors(
            office=world.office,
            drops=self.drops,
            reports=self.reports,
            objects=world.objects,
            reader=ContentDropReader(),
            renderer=JinjaStaffRenderer(TEMPLATES),
            mailer=world.mailer,
            pages=JinjaReportRenderer(TEMPLATES),
            postbox=world.postbox,
        )

    def drop(self, content: bytes, name: str = "acme/worklist.xlsx") -> ImportOutcome:
        event = self.put(content, name)
        return import_drop(event, doors=self.doors())

    def put(self, content: bytes, name: str = "acme/worklist.xlsx") -> DropEvent:
        """Each drop is another version of its key, as the bucket numbers them."""
        self.drops.put(name, content, content_type="application/octet-stream")
        version = self.drops.versions[name][-1][0]
        return DropEvent(name, version, self.world.clock.now())

    def report(self, outcome: ImportOutcome) -> dict[str, Any]:
        assert outcome.report_key is not None
        found: dict[str, Any] = json.loads(self.reports.get(outcome.report_key))
        return found

    def page(self, outcome: ImportOutcome) -> str:
        assert outcome.report_key is not None
        return self.reports.get(outcome.report_key.replace(".json", ".html")).decode()


def written(world: World, collector: str | None = None, language: str = "fr") -> bytes:
    content = worklist_workbook(
        world.office.open("acme"),
        None if collector is None else frozenset({collector}),
        sheets=world.call_sheets,
        writer=XlsxWorklistWriter(),
        language=language,
    )
    assert content is not None
    return content
