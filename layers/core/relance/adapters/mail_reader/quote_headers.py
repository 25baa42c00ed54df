"""Where the quoted thread begins: attributions, header blocks and separators.

Own rules, French and English first (input-formats §4.1: no library cuts every French form). Lines
come normalised by `visible_text` (plain spaces, no trailing blanks).
"""

import re

_MAX_FOLDS = 5
_MAX_CHARS = 420

_EMAIL = r"[^\s<>@]+@[^\s<>@]+"
_WROTE = (
    r"(?:a (?:[ée]crit|r[ée]pondu|envoy[ée])|wrote|schrieb|geschrieben|schreef|geschreven"
    r"|ha scritto|escribi[óo]|escreveu|napisał\(?a?\)?|napisal\(?a?\)?|napsal\(?a?\)?|skrev"
    r"|kirjoitti|написала?|пише|пишет|írta|đã viết|yazdı)"
)
_DATED_START = re.compile(
    r"^(?:[-–—*]{1,8} ?)?(?:(?:on|le|am|op|el|il|em|den|på|dnia|w dniu|vào|dne|date|pe|ma|ti|ke"
    r"|to|la"
    r"|su|lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun|tir|ons|tor|fre|lør|søn|man"
    r"|в|ср|пн|вт|чт|пт|сб|вс)\b|\d|[а-яё]+, \d)",
    re.I,
)
_SAID = re.compile(rf"\b{_WROTE}\b.{{0,200}}:\s*-*$|\b{_WROTE}\s*:?\s*-*$", re.I)
_SAID_ONLY = re.compile(rf"{_EMAIL}>?\)?[\"']? (?:\S+ )?{_WROTE}\s*:$", re.I)
_SAID_THEN_DATE = re.compile(rf"{_EMAIL}>?\)? a [ée]crit le .*\d{{4}}.*:$", re.I)
# "votre collègue m'a écrit :" is a customer talking, "X <x@y> a écrit :" is a mail client.
_TOLD_SOMEONE = re.compile(
    r"\b(?:m['’]|nous |vous |lui |leur |t['’]|on |you |we |they |he |she |i )(?:a |ai |ont "
    r"|avez |avons )?"
    r"(?:[ée]crit|r[ée]pondu|envoy[ée]|wrote)\b",
    re.I,
)
_DATE = re.compile(
    r"\d{4}|\d{1,2}[./-]\d{1,2}|\d{1,2} \w+\.? \d{2}\b|\d{1,2}[:h.]\d{2}"
    r"|\b\d{1,2} \w{3,}|\w{3,} \d{1,2}\b"
)
_TIME = re.compile(r"\d{1,2}[:h.]\d{2}")
_DATED_ADDRESS = re.compile(rf"^\W{{0,4}}\S.*(?:\d{{4}}|\d{{2}}:\d{{2}}).*<\s*{_EMAIL}\s*>\s*:$")
_DATE_FIRST = re.compile(
    rf"^\d{{4}}[/-]\d{{1,2}}[/-]\d{{1,2}}\b(?:.*<\s*{_EMAIL}\s*>\s*:?"
    rf"|[ T]\d{{1,2}}:\d{{2}} (?:GMT|UTC)\S* .+)$"
)
_DASHED_WROTE = re.compile(rf"^-{{2,}}\s?.{{3,200}}\b{_WROTE}\s?-{{2,}}$", re.I)

_SEPARATOR = re.compile(
    r"^[*\s]*[-_=]{2,}\s*[^-_=]{0,20}(?:message|nachricht|bericht|mensaje|messaggio|besked"
    r"|meddelelse"
    r"|melding|meddelande|mensagem|wiadomo\w+|сообщение|viesti|mail)\b[^-_=]{0,20}[-_=]{2,}[*\s]*$",
    re.I,
)
_NAMED_SEPARATOR = re.compile(
    r"^(?:begin forwarded message|d[ée]but du message (?:r[ée]exp[ée]di[ée]|transf[ée]r[ée])"
    r"|message transf[ée]r[ée]|message d['’]origine|anfang der weitergeleiteten nachricht"
    r"|-+ ?(?:transf[ée]r[ée]|forwarded) (?:par|by) .{2,80})\s*:?$",
    re.I,
)
_FORWARD = re.compile(
    r"forward|transf[ée]r|r[ée]exp[ée]di|weitergeleitet|doorgestuurd"
    r"|inoltrat",
    re.I,
)

# Header names of the mail clients, by what they say.
_HEADERS = {
    "from": "from|de|von|van|da|fra|från|od|от|exp[ée]diteur|envoy[ée] par|exp[ée]di[ée] par"
    "|lähettäjä",
    "date": "sent|date|envoy[ée](?: le)?|gesendet|verzonden|inviato|enviado(?: el)?|fecha|dato"
    "|sendt"
            "|skickat|datum|data|wysłano|отправлено|дата|message du|exp[ée]di[ée](?: le)?"
            "|lähetetty",
    "to": "to|[àa]|pour|an|aan|para|til|till|do|кому|destinataire\\(?s?\\)?|vastaanottaja",
    "subject": "subject|objet|sujet|betreff|onderwerp|oggetto|asunto|assunto|emne|ämne|temat"
    "|тема|aihe",
    "cc": "cc|copie(?: [àa])?|cci|kopie|kopi|kopia|reply-to|r[ée]pondre [àa]|importance|bcc",
}  # fmt: skip
_BLOCK_LINE = {
    kind: re.compile(rf"^[\s*>|]*(?:{names})\s*:\*?(?:\s|\S|$)", re.I)
    for kind, names in _HEADERS.items()
}
_INLINE_HEADER = re.compile(rf"\s(?:{_HEADERS['subject']})\s*:", re.I)
_MAX_BLOCK = 14


def attribution_length(lines: list[str], start: int) -> int:
    """How many lines from `start` form one "On … wrote:"; 0 when they do not."""
    if not lines[start].strip() or len(lines[start]) > _MAX_CHARS:
        return 0
    joined = ""
    for end in range(start, min(start + _MAX_FOLDS, len(lines))):
        if not lines[end].strip():
            if not _goes_on(lines, end):
                return 0
            continue
        joined = f"{joined} {lines[end].strip()}".strip()
        if len(joined) > _MAX_CHARS:
            return 0
        if _is_attribution(joined, lines, start, end):
            return end - start + 1
    return 0


def block_length(lines: list[str], start: int) -> int:
    """How many lines from `start` form a De / Envoyé / À / Objet block; 0 when they do not."""
    if not any(p.match(lines[start]) for p in _BLOCK_LINE.values()):
        return 0
    kinds: set[str] = set()
    last = start
    for index in range(start, min(start + _MAX_BLOCK, len(lines))):
        kind = _header_kind(lines[index])
        if kind is None and _is_past_block(lines, index, last):
            break
        if kind is not None:
            kinds |= {kind, *_inline_kinds(lines[index])}
            last = index
    if "from" in kinds and len(kinds) >= 3 and kinds & {"date", "subject"}:
        return _with_folds(lines, last) - start + 1
    return 0


def is_separator(line: str) -> bool:
    """ "-----Message d'origine-----" and its like."""
    return bool(_SEPARATOR.match(line.strip()) or _NAMED_SEPARATOR.match(line.strip()))


def is_forward(line: str) -> bool:
    return is_separator(line) and bool(_FORWARD.search(line))


def _is_attribution(joined: str, lines: list[str], start: int, end: int) -> bool:
    if _DASHED_WROTE.match(joined) or _DATE_FIRST.match(joined) or _DATED_ADDRESS.match(joined):
        return not _later_start(lines, start, end)
    if _SAID_THEN_DATE.search(joined):
        return not _later_start(lines, start, end)
    if not _SAID.search(joined):
        return False
    if _TOLD_SOMEONE.search(joined):
        return _is_isolated(lines, start, end) and bool(_DATED_START.match(joined))
    first = lines[start].strip()
    dated = bool(_DATED_START.match(first) and _DATE.search(joined))
    addressed = bool(_SAID_ONLY.search(joined)) and (end == start or bool(_TIME.search(first)))
    return (dated or addressed) and not _later_start(lines, start, end)


def _later_start(lines: list[str], start: int, end: int) -> bool:
    """The true beginning is further down: the lines above are the customer's."""
    undated = not _DATED_START.match(lines[start].strip())
    return any(
        (undated or _DATED_START.match(lines[i].strip()))
        and attribution_length(lines, i) == end - i + 1
        for i in range(start + 1, end + 1)
    )


def _is_isolated(lines: list[str], start: int, end: int) -> bool:
    """On a line of its own, blank lines around or quoted lines after."""
    before = start == 0 or not lines[start - 1].strip()
    after = end + 1 >= len(lines) or not lines[end + 1].strip() or lines[end + 1].startswith(">")
    return before and after and lines[end].rstrip().endswith(":")


def _goes_on(lines: list[str], blank: int) -> bool:
    """Some clients put blank lines before "<address> wrote:"."""
    following = lines[blank + 1].strip() if blank + 1 < len(lines) else ""
    return following.startswith("<")


def _header_kind(line: str) -> str | None:
    if len(line) > 1000:
        return None
    return next((kind for kind, p in _BLOCK_LINE.items() if p.match(line)), None)


def _inline_kinds(line: str) -> set[str]:
    """Samsung writes "À : x Objet : y" on one line."""
    return {"subject"} if _INLINE_HEADER.search(line) else set()


def _is_past_block(lines: list[str], index: int, last: int) -> bool:
    """Folded values and single blank lines are still inside, two blank lines are not."""
    if lines[index].strip():
        return index - last > 2 or not lines[index - 1].strip()
    return index > last + 1


def _with_folds(lines: list[str], last: int) -> int:
    """A long subject goes on until the blank line."""
    end = last
    while end + 1 < len(lines) and lines[end + 1].strip() and end - last < 2:
        end += 1
    return end if end + 1 >= len(lines) or not lines[end + 1].strip() else last
