"""Words of a report that a code or a number chooses. All return plain text: the page escapes it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from relance.adapters.rendering.report_view import inert
from relance.domain.aged_balance import UNDATED

_LABEL = 40


class ReportWords:
    """words: the labels of a language. A code that nobody wrote words for shows itself."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._report: Mapping[str, Any] = words["report"]
        self._staff: Mapping[str, Any] = words["staff"]

    def kind(self, kind: str) -> str:
        return self._of(self._staff["drops"], self._report["kinds"], kind)

    def outcome(self, status: str, asks: bool | None) -> str:
        if asks:
            return str(self._report["asked_for"])
        return self._of(self._staff["statuses"], self._report["outcomes"], status)

    def title(self, status: str, asks: bool | None) -> str:
        return self._of(self._report["status"], {}, "question" if asks else status)

    def count(self, key: str) -> str:
        return self._of(self._staff["counts"], self._report["counts"], key)

    def change(self, kind: str) -> str:
        return self._of(self._staff["changes"], self._report["changes"], kind)

    def group(self, kind: str) -> str:
        return self._of(self._report["groups"], {}, kind)

    def cause(self, cause: str) -> str:
        return self._of(self._report["causes"], {}, cause)

    def mismatch(self, code: str) -> str:
        return self._of(self._report["mismatch"], {}, code)

    def field(self, name: str) -> str:
        return self._of(self._report["fields"], {}, name)

    def ask(self, code: str) -> str:
        return self._of(self._report["asks"], {}, code)

    def next_step(self, code: str) -> str:
        return self._of(self._report["next_steps"], {}, code)

    def row_outcome(self, row: Any) -> str:
        return self._of(self._report["worklist"]["outcomes"], {}, row.outcome)

    def row_result(self, row: Any) -> str:
        return self._of(self._report["worklist"]["results"], {}, row.result)

    def row_next(self, following: Any, day: str, why: str) -> str:
        """day: as it is written; why: the sentence of what holds an answer, if any."""
        code = str(following.code).partition(":")[0]
        if code == "call-again" and not day:
            code = "call-again-undated"
        return self._of(self._report["worklist"]["next"], {}, code).format(day or why)

    @staticmethod
    def place(index: int) -> str:
        """A column by its number and its letter, as spreadsheets name it: 28 (AB)."""
        letters, rest = "", index + 1
        while rest:
            rest, letter = divmod(rest - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{index + 1} ({letters})"

    def bucket(self, line: Any) -> str:
        """The words of our own buckets, the label of the file's."""
        labels: Mapping[str, str] = self._report["buckets"]
        if line.key == UNDATED:
            return labels["undated"]
        if line.first is None and line.last is None:
            return inert(line.key, _LABEL)
        if line.first is None:
            return labels["not_due"]
        if line.last is None:
            return labels["over"].format(line.first - 1)
        return labels["between"].format(line.first, line.last)

    def days(self, count: int) -> str:
        return self._counted("days", count)

    def pieces(self, count: int) -> str:
        return self._counted("pieces", count)

    def more(self, count: int) -> str:
        return self._counted("more", count)

    def share(self, part: Decimal, whole: Decimal) -> str:
        """In whole percents, "" when they say nothing."""
        return f"{round(100 * part / whole)}\u00a0%" if whole > 0 and part >= 0 else ""

    def _counted(self, key: str, count: int) -> str:
        return str(self._report[f"{key}_one"] if count == 1 else self._report[key].format(count))

    @staticmethod
    def _of(first: Mapping[str, str], second: Mapping[str, str], key: str) -> str:
        return str(first.get(key) or second.get(key) or inert(key, _LABEL))
