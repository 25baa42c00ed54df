"""Letters that a person prints and posts: a folder per day, with the list for the counter."""

import csv
import io
import time
from collections.abc import Callable
from typing import Protocol

from relance.adapters.spreadsheet_cells import cell_text
from relance.application.ports import LetterRequest, SendThrottled

_HEADER = (
    "référence",
    "type",
    *(f"adresse {line}" for line in range(1, 7)),
    "pays",
    "pages",
    "fichier",
)
_TRIES = 20
_WAIT = 0.05
"""Seconds; several letters of a creditor may be listed at once, each try admits one."""


class ConditionalFiles(Protocol):
    """Files that are written only if nobody else did (`S3Files`, `MemoryFiles`)."""

    def get_tagged(self, key: str) -> tuple[bytes, str] | None: ...

    def put_if(self, key: str, content: bytes, *, content_type: str, tag: str | None) -> bool: ...


class ManualLetterProvider:
    """Puts the PDF in `print/<creditor>/<date>/` and one line in its `lettres.csv`.

    A letter keeps the folder of its first submission, also when it is submitted again on another
    day: `print/<creditor>/submitted/<notice_id>` remembers it, so that none is printed twice.
    """

    name = "manual"

    def __init__(
        self,
        files: ConditionalFiles,
        *,
        prefix: str = "print",
        sleep: Callable[[float], None] = time.sleep,
    ):
        self._files = files
        self._prefix = prefix
        self._sleep = sleep

    def submit(self, request: LetterRequest) -> str:
        """Returns the key of the PDF. Raises SendThrottled when the list stays busy."""
        folder = self._folder(request)
        name = f"{request.notice_id}.pdf"
        key = f"{folder}/{name}"
        self._files.put_if(key, request.pdf, content_type="application/pdf", tag=None)
        self._list(f"{folder}/lettres.csv", request, name)
        return key

    def _folder(self, request: LetterRequest) -> str:
        root = f"{self._prefix}/{request.creditor}"
        marker = f"{root}/submitted/{request.notice_id}"
        today = f"{root}/{request.written_on.isoformat()}"
        if self._files.put_if(marker, today.encode(), content_type="text/plain", tag=None):
            return today
        found = self._files.get_tagged(marker)
        return today if found is None else found[0].decode()

    def _list(self, key: str, request: LetterRequest, file_name: str) -> None:
        line = _line(request, file_name)
        for _ in range(_TRIES):
            found = self._files.get_tagged(key)
            content, tag = found if found else (_csv_of(_HEADER, first=True), None)
            if _lists(content, request.notice_id):
                return
            longer = content + _csv_of(line)
            if self._files.put_if(key, longer, content_type="text/csv; charset=utf-8", tag=tag):
                return
            self._sleep(_WAIT)
        raise SendThrottled("print-list-busy", {"key": key})


def _line(request: LetterRequest, file_name: str) -> tuple[str, ...]:
    address = (*request.address, *("",) * (6 - len(request.address)))
    cells = (
        request.notice_id,
        "LRAR" if request.registered else "simple",
        *address,
        request.country,
        request.pages,
        file_name,
    )
    return tuple(map(cell_text, cells))


def _lists(content: bytes, notice_id: str) -> bool:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    return any(row and row[0] == cell_text(notice_id) for row in rows)


def _csv_of(cells: tuple[str, ...], *, first: bool = False) -> bytes:
    """UTF-8 with a byte order mark at the very beginning: without it Excel reads CP1252."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerow(cells)
    return text.getvalue().encode("utf-8-sig" if first else "utf-8")
