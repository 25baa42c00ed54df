"""Workbooks changed part by part, and small OpenDocument ones: every byte is ours."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from tests.builders_xlsx import Value, build_xlsx

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ODS = "urn:oasis:names:tc:opendocument:xmlns"
_ODS_NAMES = (
    f'xmlns:office="{_ODS}:office:1.0" xmlns:table="{_ODS}:table:1.0" xmlns:text="{_ODS}:text:1.0"'
)
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def pack(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def unpack(content: bytes) -> dict[str, str | bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(parts: Mapping[str, str | bytes], rows: Sequence[Sequence[Value]] = ()) -> bytes:
    """A workbook of one sheet with these parts replaced or added."""
    return pack({**unpack(build_xlsx({"Feuil1": rows or [["Client"]]})), **parts})


def edited(rows: Sequence[Sequence[Value]], old: str, new: str) -> bytes:
    """A workbook of one sheet, a text of its XML replaced."""
    name = "xl/worksheets/sheet1.xml"
    xml = unpack(build_xlsx({"Feuil1": rows}))[name]
    assert isinstance(xml, bytes)
    assert old.encode() in xml
    return changed({name: xml.replace(old.encode(), new.encode())})


def with_sheet(xml: bytes) -> bytes:
    return changed({"xl/worksheets/sheet1.xml": xml})


def ods(table: str) -> bytes:
    """table: the XML of the rows."""
    body = f'<office:body><office:spreadsheet><table:table table:name="F">{table}</table:table></office:spreadsheet></office:body>'  # noqa: E501
    content = f"<?xml version='1.0'?><office:document-content {_ODS_NAMES}>{body}</office:document-content>"  # noqa: E501
    manifest = f'<manifest:manifest xmlns:manifest="{_ODS}:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_TYPE}"/></manifest:manifest>'  # noqa: E501
    return pack({"mimetype": _ODS_TYPE, "content.xml": content, "META-INF/manifest.xml": manifest})


def ods_row(*values: str, about: str = "") -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        for value in values
    )
    return f"<table:table-row{about}>{cells}</table:table-row>"
