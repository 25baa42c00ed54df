"""How the cells look. Texts are of the text format and quoted: edited, they stay texts."""

from enum import IntEnum


class Look(IntEnum):
    """The place of each in `cellXfs`."""

    PLAIN = 0
    TITLE = 1
    HEADER = 2
    TEXT = 3
    MONEY = 4
    FILL_TEXT = 5
    FILL_DATE = 6
    FILL_MONEY = 7
    HELP = 8
    SMALL = 9
    CLOSED = 10
    LABEL = 11


_FONTS = (
    '<font><sz val="10"/><name val="Calibri"/></font>',
    '<font><b/><sz val="14"/><name val="Calibri"/></font>',
    '<font><b/><sz val="10"/><color rgb="FFFFFFFF"/><name val="Calibri"/></font>',
    '<font><i/><sz val="10"/><color rgb="FF555555"/><name val="Calibri"/></font>',
    '<font><sz val="8"/><color rgb="FF888888"/><name val="Calibri"/></font>',
    '<font><b/><sz val="10"/><name val="Calibri"/></font>',
)
_COLOURS = ("FF1F3A5F", "FFFFF6CC", "FFEEEEEE")
"""Of the header, of what is to be filled in, of what is closed."""
_LINE = '<{0} style="thin"><color rgb="FFBBBBBB"/></{0}>'
_TOP = '<alignment vertical="top" wrapText="1"/>'
_OPEN = '<protection locked="0"/>'
_TEXT = 'numFmtId="49" applyNumberFormat="1" quotePrefix="1"'
_XFS = (
    '<xf numFmtId="0" fontId="0"/>',
    f'<xf {_TEXT} fontId="1" applyFont="1"/>',
    f'<xf {_TEXT} fontId="2" fillId="2" borderId="1" applyFont="1" applyFill="1">{_TOP}</xf>',
    f'<xf {_TEXT} fontId="0" borderId="1" applyAlignment="1">{_TOP}</xf>',
    f'<xf numFmtId="4" applyNumberFormat="1" borderId="1" applyAlignment="1">{_TOP}</xf>',
    '<xf numFmtId="49" applyNumberFormat="1" fillId="3" borderId="1" applyFill="1" '
    f'applyProtection="1" applyAlignment="1">{_TOP}{_OPEN}</xf>',
    '<xf numFmtId="14" applyNumberFormat="1" fillId="3" borderId="1" applyFill="1" '
    f'applyProtection="1" applyAlignment="1">{_TOP}{_OPEN}</xf>',
    '<xf numFmtId="4" applyNumberFormat="1" fillId="3" borderId="1" applyFill="1" '
    f'applyProtection="1" applyAlignment="1">{_TOP}{_OPEN}</xf>',
    f'<xf {_TEXT} fontId="3" applyFont="1"/>',
    f'<xf {_TEXT} fontId="4" borderId="1" applyFont="1">{_TOP}</xf>',
    '<xf numFmtId="0" fillId="4" borderId="1" applyFill="1"/>',
    f'<xf {_TEXT} fontId="5" applyFont="1"/>',
)


def styles_xml() -> str:
    fills = ['<fill><patternFill patternType="none"/></fill>']
    fills.append('<fill><patternFill patternType="gray125"/></fill>')
    fills += [
        f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/></patternFill></fill>'
        for colour in _COLOURS
    ]
    sides = "".join(_LINE.format(side) for side in ("left", "right", "top", "bottom"))
    borders = ("<border/>", f"<border>{sides}</border>")
    return (
        f'<fonts count="{len(_FONTS)}">{"".join(_FONTS)}</fonts>'
        f'<fills count="{len(fills)}">{"".join(fills)}</fills>'
        f'<borders count="2">{"".join(borders)}</borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="{len(_XFS)}">{"".join(_XFS)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    )
