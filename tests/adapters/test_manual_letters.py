"""The print folder: one PDF and one line per letter, whatever happens."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import boto3
import pytest
from moto import mock_aws

from relance.adapters.manual_letters import ConditionalFiles, ManualLetterProvider
from relance.adapters.memory.files import MemoryFiles
from relance.adapters.s3_files import S3Files
from relance.application.ports import LetterRequest, SendThrottled

LETTER = LetterRequest(
    creditor="acme",
    notice_id="abc",
    written_on=date(2026, 3, 2),
    registered=True,
    address=("Société Ω", "12 RUE X", "75001 PARIS"),
    country="FR",
    pages=2,
    pdf=b"%PDF-1",
)
LIST = "print/acme/2026-03-02/lettres.csv"


@pytest.fixture(params=["memory", "s3"])
def files(request: pytest.FixtureRequest) -> Iterator[MemoryFiles | S3Files]:
    if request.param == "memory":
        yield MemoryFiles()
        return
    with mock_aws():
        client = boto3.client("s3")
        place = {"LocationConstraint": "eu-west-3"}
        client.create_bucket(Bucket="files", CreateBucketConfiguration=place)
        yield S3Files(client, "files")


def provider(files: ConditionalFiles) -> ManualLetterProvider:
    return ManualLetterProvider(files, sleep=lambda _: None)


def lines(files: MemoryFiles | S3Files, key: str = LIST) -> list[list[str]]:
    text = files.get(key).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_a_letter_is_put_in_the_folder_of_its_day(files: MemoryFiles | S3Files) -> None:
    reference = provider(files).submit(LETTER)

    assert reference == "print/acme/2026-03-02/abc.pdf"
    assert files.get(reference) == b"%PDF-1"
    header, line = lines(files)
    assert header == [
        "référence",
        "type",
        *(f"adresse {n}" for n in range(1, 7)),
        "pays",
        "pages",
        "fichier",
    ]
    address = ["Société Ω", "12 RUE X", "75001 PARIS", "", "", ""]
    assert line == ["abc", "LRAR", *address, "FR", "2", "abc.pdf"]


def test_the_list_opens_in_excel(files: MemoryFiles | S3Files) -> None:
    provider(files).submit(LETTER)
    provider(files).submit(replace(LETTER, notice_id="def"))

    content = files.get(LIST)
    assert content.startswith(b"\xef\xbb\xbfr\xc3\xa9f\xc3\xa9rence;type;")
    assert content.count(b"\xef\xbb\xbf") == 1
    assert content.count(b"\r\n") == 3


def test_a_letter_submitted_again_is_listed_once(files: MemoryFiles | S3Files) -> None:
    provider(files).submit(replace(LETTER, notice_id="abcd", registered=False))
    first = provider(files).submit(LETTER)

    assert provider(files).submit(replace(LETTER, pdf=b"%PDF-2")) == first
    assert [line[:2] for line in lines(files)[1:]] == [["abcd", "simple"], ["abc", "LRAR"]]
    assert files.get(first) == b"%PDF-1"


def test_a_letter_submitted_again_on_another_day_keeps_its_folder(
    files: MemoryFiles | S3Files,
) -> None:
    first = provider(files).submit(LETTER)
    tomorrow = replace(LETTER, written_on=date(2026, 3, 3))

    assert provider(files).submit(tomorrow) == first
    assert files.get_tagged("print/acme/2026-03-03/lettres.csv") is None


class Failing:
    """Crashes at the n-th write; a rival writes each time between our reading and writing."""

    def __init__(self, files: MemoryFiles | S3Files, crash_at: int = 0):
        self.files = files
        self.crash_at = crash_at
        self.races = 0
        self.writes = 0

    def get_tagged(self, key: str) -> tuple[bytes, str] | None:
        found = self.files.get_tagged(key)
        if self.races and key.endswith(".csv"):
            self.races -= 1
            rival = replace(LETTER, notice_id=f"rival-{self.races}")
            provider(self.files).submit(rival)
        return found

    def put_if(self, key: str, content: bytes, *, content_type: str, tag: str | None) -> bool:
        self.writes += 1
        if self.writes == self.crash_at:
            raise KeyboardInterrupt
        return self.files.put_if(key, content, content_type=content_type, tag=tag)


@pytest.mark.parametrize("crash_at", [1, 2, 3])
def test_a_crash_at_any_write_is_mended_by_the_next_try(
    files: MemoryFiles | S3Files, crash_at: int
) -> None:
    with pytest.raises(KeyboardInterrupt):
        provider(Failing(files, crash_at)).submit(LETTER)

    reference = provider(files).submit(replace(LETTER, written_on=date(2026, 3, 3)))

    day = "2026-03-03" if crash_at == 1 else "2026-03-02"
    assert reference == f"print/acme/{day}/abc.pdf"
    assert files.get(reference) == b"%PDF-1"
    assert [line[0] for line in lines(files, f"print/acme/{day}/lettres.csv")[1:]] == ["abc"]


def test_writers_that_meet_lose_no_line(files: MemoryFiles | S3Files) -> None:
    racing = Failing(files)
    racing.races = 5

    provider(racing).submit(LETTER)

    listed = sorted(line[0] for line in lines(files)[1:])
    assert listed == ["abc", *(f"rival-{n}" for n in range(5))]


def test_a_list_that_stays_busy_is_tried_later(files: MemoryFiles | S3Files) -> None:
    racing, waits = Failing(files), list[float]()
    racing.races = 99

    with pytest.raises(SendThrottled, match="print-list-busy"):
        ManualLetterProvider(racing, sleep=waits.append).submit(LETTER)
    assert sum(waits) <= 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_name_is_never_a_formula(files: MemoryFiles | S3Files, start: str) -> None:
    name = f'{start}HYPERLINK("http://x";"y")'
    provider(files).submit(replace(LETTER, address=(name, "12 RUE X", "75001 PARIS")))

    assert lines(files)[1][2] == f"'{name}"
