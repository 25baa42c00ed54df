"""Lines that machines add under a message: mobile signatures, disclaimers, environment, antivirus.

The person's own closing and signature stay (reply-conventions).
"""

import re

_MOBILE = re.compile(
    r"^[-–—_*\s]{0,4}(?:"
    r"envoy[ée]e? (?:de(?:puis)?|[àa] partir d[eu'’]|avec|via|par)\s?(?:mon|ma|mes|un|une|le|la"
    r"|l['’])?\s?"
    r"(?:iphone|ipad|smartphone|t[ée]l[ée]phone|mobile|portable|appareil|android|samsung|galaxy"
    r"|huawei"
    r"|xiaomi|nokia|blackberry|outlook|yahoo|courrier|mail|gmail|orange|sfr|bouygues|free"
    r"|la messagerie"
    r"|messagerie|l['’]application|application|appli|bo[iî]te|wiko|pixel|proton\w*|spark"
    r"|thunderbird).{0,60}"
    r"|envoy[ée] [àa] partir de (?:outlook|courrier|yahoo|mail).{0,60}"
    r"|(?:sent|written|typed) (?:from|via|with|using|by) (?:my|a|an|the|outlook|yahoo|mail"
    r"|samsung|mailbird"
    r"|proton\w*|gmail|spark|blue|aqua)\b.{0,60}"
    r"|sent (?:via|from) mobile(?: device)?"
    r"|(?:get|download|t[ée]l[ée]charge[rz]?|obtenir|obtenez|hol) (?:the )?outlook (?:for|pour"
    r"|f[üu]r) .{3,60}"
    r"|outlook (?:pour|for|f[üu]r) (?:android|ios).{0,40}"
    r"|provenance\s?: (?:courrier|mail) .{3,60}|envoy[ée] de .{0,15}(?:iphone|ipad"
    r"|android)\b.{0,30}"
    r"|(?:von meinem|gesendet (?:von|mit)) .{3,60}|diese nachricht wurde von mein.{3,80}gesendet\.?"
    r"|(?:sendt|skickat) (?:fra|fr[åa]n) (?:min|mit) .{3,40}|verzonden vanaf mijn .{3,40}"
    r"|inviato da(?:l mio)? .{3,40}|enviado (?:desde|do) (?:mi|meu) .{3,40}"
    r")[.!]?(?:\s?<[^<>\s]*>)?[*_]{0,2}$",
    re.I,
)
_ENVIRONMENT = re.compile(
    r"^\W{0,6}(?:p\s)?(?:(?:avant|pensez|pens[ée]z?|please (?:consider|think)|think|consider"
    r"|adoptez|devez-vous"
    r"|n['’]imprimez|merci de (?:penser|ne pas imprimer)|ayons|prot[ée]geons|pr[ée]servons"
    r"|save (?:paper|trees|a tree)"
    r"|bitte denken|faites un geste)\b.{0,160}(?:environ?nement|imprim|plan[eè]te|arbre|[ée]co-?"
    r"|printing|print this"
    r"|umwelt|papier|trees?\b|paper).{0,120})$",
    re.I,
)
_ANTIVIRUS = re.compile(
    r"^\W{0,4}(?:(?:sans|garanti sans|virus[- ]free|l['’]absence de) ?virus?\b.{0,100}"
    r"|virus-free\..{0,80}"
    r"|(?:ce(?:t|tte)?|this) (?:e-?mail|courriel|courrier|message|mail)\b.{0,60}(?:antivirus"
    r"|avast|avg|kaspersky|virus)"
    r".{0,120}|https?://www\.avast\.com\S*|www\.avast\.com)$",
    re.I,
)
_BANNER = re.compile(
    r"^\W{0,6}(?:(?:caution|attention|warning|avertissement|prudence"
    r"|\[?(?:mail )?extern\w*\]?)\W{0,5}.{0,60}"
    r"(?:extern|ext[ée]rieur|outside|hors de|exp[ée]diteur inconnu).{0,260}"
    r"|\[(?:external|externe|ext)\]"
    r"|(?:vous n['’]obtenez pas souvent|you don['’]t often get) .{0,200})$",
    re.I,
)
_LEGAL_START = re.compile(
    r"^\W{0,6}(?:(?:disclaimer|confidentiality|confidentialit[ée]|avertissement"
    r"|avis de confidentialit[ée]"
    r"|mention l[ée]gale|clause de confidentialit[ée]|legal notice|important notice|notice)\b"
    r"|(?:ce|cet|cette|le pr[ée]sent|les informations|l['’]information|l['’]int[ée]grit[ée]"
    r"|toute (?:utilisation"
    r"|diffusion|copie|divulgation)|si vous (?:n['’][êe]tes pas|avez re[çc]u|recevez|[êe]tes))\b"
    r"|(?:this|the (?:information|contents?)|any (?:unauthori[sz]ed|views)|if you (?:are not"
    r"|have received|received))\b"
    r"|diese (?:e-?mail|nachricht)\b)",
    re.I,
)
_LEGAL_WORDS = re.compile(
    r"confiden\w+|vertraulich|destin[ée]\w* (?:exclusiv|uniqu|seul|[àa] l)|destinataires?"
    r"|intended|recipients?"
    r"|par erreur|in error|irrt[üu]mlich|divulg\w+|disclos\w+|diffusion|distribution"
    r"|interdite?s?|prohibited"
    r"|privileged|responsabilit[ée]|liab(?:le|ility)|alt[ée]r[ée]|d[ée]trui\w+|delete"
    r"|secret professionnel"
    r"|pi[èe]ces? jointes?|attachments?|notify|unauthori[sz]ed",
    re.I,
)
_LIST = re.compile(
    r"^\s*(?:to unsubscribe|pour vous d[ée]sinscrire"
    r"|se d[ée]sabonner)\b.{0,200}$",
    re.I,
)
_MAX_LINE = 400


def is_footer_line(line: str) -> bool:
    """A whole line that a mail client, a company server or an antivirus wrote."""
    if len(line) > _MAX_LINE or not line.strip():
        return False
    text = line.strip()
    return any(p.match(text) for p in (_MOBILE, _ENVIRONMENT, _ANTIVIRUS, _BANNER, _LIST))


def is_mobile_footer(line: str) -> bool:
    return len(line) <= _MAX_LINE and bool(_MOBILE.match(line.strip()))


def disclaimer_length(lines: list[str], start: int) -> int:
    """How many lines from `start` to the end of the paragraph are a legal notice; 0 if none.

    Three different legal words at least: a customer also writes "ce message est confidentiel".
    """
    if not _LEGAL_START.match(lines[start]):
        return 0
    end = start
    while end < len(lines) and lines[end].strip() and end - start < 40:
        end += 1
    words = {w.lower()[:7] for w in _LEGAL_WORDS.findall(" ".join(lines[start:end])[:6000])}
    return end - start if len(words) >= 3 else 0
