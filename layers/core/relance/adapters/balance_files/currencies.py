"""Currency codes, names and signs as exports write them."""

import re

_ISO = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP
    BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL
    GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF
    KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN
    NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK
    SGD SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES
    VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL"""
_CODES = frozenset(_ISO.split())
_NAMES = {
    "€": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "us$": "USD", "us dollar": "USD",
    "dollar": "USD", "dollars": "USD", "dollar us": "USD", "£": "GBP", "pound": "GBP",
    "pound sterling": "GBP", "livre sterling": "GBP", "british pound": "GBP",
    "franc suisse": "CHF", "swiss franc": "CHF", "¥": "JPY", "yen": "JPY", "₪": "ILS",
    "c$": "CAD", "ca$": "CAD", "canadian dollar": "CAD", "dollar canadien": "CAD",
    "dirham": "MAD", "f cfa": "XOF", "fcfa": "XOF",
}  # fmt: skip
_AMBIGUOUS = {"pen", "all", "top", "try", "mop", "cup", "gel", "ron", "lak", "sos", "bam", "mad"}
_SIGN = re.compile(r"[€£¥₪]|(?:US|CA|C)?\$")
_CODE_WORD = re.compile(r"(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])")
_SPLIT = re.compile(r"[^A-Za-z€£$]+|(?<=[a-z])(?=[A-Z])")


def is_currency(code: str) -> bool:
    """An ISO code in use, in capitals."""
    return code in _CODES


def currency_of(text: str) -> str | None:
    """The ISO code a currency cell means: "Euro", "EUR", "eur" and "€" are one."""
    stripped = text.strip()
    if stripped.upper() in _CODES:
        return stripped.upper()
    return _NAMES.get(stripped.lower())


def currency_in_header(header: str) -> str | None:
    """ "Open Advance (ILS)", "converted_usd", "Montant (€)": a code that is also a word is not."""
    for word in _SPLIT.split(header):
        if word.isupper() or word.lower() not in _AMBIGUOUS:
            found = currency_of(word)
            if found:
                return found
    return None


def currency_in_amount(text: str) -> str | None:
    sign = _SIGN.search(text)
    if sign:
        return currency_of(sign.group())
    code = _CODE_WORD.search(text)
    return code.group(1) if code and code.group(1) in _CODES else None


def strip_currency(text: str) -> str:
    """An amount without its sign or code of currency."""
    code = _CODE_WORD.search(text)
    if code and code.group(1) in _CODES:
        text = text[: code.start()] + text[code.end() :]
    return _SIGN.sub("", text)
