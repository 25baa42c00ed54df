"""The XML form of the ledger, as the tax administration's schemas have it."""

import pytest

from relance.adapters.balance_files import BalanceRefused
from tests.adapters.ledger_files.ledgers import opened, read_bytes

HEAD = '<?xml version="1.0" encoding="{}"?>\n'
BODY = """<comptabilite><exercice><DateCloture>2026-12-31</DateCloture>
<journal><JournalCode>VE</JournalCode><JournalLib>Ventes</JournalLib>
<ecriture><EcritureNum>1</EcritureNum><EcritureDate>2026-01-31</EcritureDate>
<EcritureLib>Vente à Éric</EcritureLib><PieceRef>F1</PieceRef><PieceDate>2026-01-30</PieceDate>
<EcritureLet>A</EcritureLet><ValidDate>2026-12-31</ValidDate>
<ligne><CompteNum>411000</CompteNum><CompteLib>Clients</CompteLib><CompteAuxNum>DUP</CompteAuxNum>
<CompteAuxLib>Éric Dupont</CompteAuxLib><Debit>120.50</Debit><Credit>0.00</Credit></ligne>
<ligne><CompteNum>707000</CompteNum><CompteLib>Ventes</CompteLib>
<Montant>120.50</Montant><Sens>c</Sens></ligne></ecriture></journal>
<journal><JournalCode>BQ</JournalCode><JournalLib>Banque</JournalLib>
<ecriture><EcritureNum>2</EcritureNum><EcritureDate>2026-02-28</EcritureDate>
<EcritureLib>VIR</EcritureLib><PieceRef>-</PieceRef><PieceDate>2026-02-28</PieceDate>
<EcritureLet>A</EcritureLet><ValidDate>2026-12-31</ValidDate>
<ligne><CompteNum>411000</CompteNum><CompteLib>Clients</CompteLib><CompteAuxNum>DUP</CompteAuxNum>
<CompteAuxLib>Éric Dupont</CompteAuxLib><Montant>20.5</Montant><Sens>-1</Sens></ligne>
<ligne><CompteNum>512000</CompteNum><CompteLib>Banque</CompteLib><Debit>20.5</Debit></ligne>
</ecriture></journal></exercice></comptabilite>"""


def refused(text: str) -> str:
    with pytest.raises(BalanceRefused) as caught:
        read_bytes(text.encode())
    return caught.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "iso-8859-15", "utf-16"])
def test_lines_take_what_their_entry_and_journal_say(encoding: str) -> None:
    reading = read_bytes((HEAD.format(encoding) + BODY).encode(encoding))
    assert (opened(reading), reading.rows, reading.settled_rows) == ([("F1", "100.00")], 4, 1)
    [item] = reading.items
    assert (item.debtor_code, item.debtor_name, item.line) == ("DUP", "Éric Dupont", 7)
    assert (str(item.issue_date), str(reading.as_of)) == ("2026-01-30", "2026-02-28")
    assert reading.differences == ()


def test_nothing_of_an_entry_passes_to_the_next() -> None:
    text = BODY.replace("<PieceRef>-</PieceRef>", "").replace("<EcritureLet>A</EcritureLet>", "")
    assert opened(read_bytes(text.encode())) == [("F1", "120.50"), (None, "-20.50")]


def test_an_amount_without_its_side_is_set_aside() -> None:
    [row] = read_bytes(BODY.replace("<Sens>-1</Sens>", "").encode()).rejected[1:]
    assert (row.line, row.reason) == (14, "bad-amount")


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE c [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE c SYSTEM "http://127.0.0.1/x.dtd">',
    ],
)
def test_entities_are_refused_before_they_are_read(declared: str) -> None:
    assert refused(HEAD.format("utf-8") + declared + BODY) == "ledger-xml-entities"


@pytest.mark.parametrize("cut", [40, 300, 900, len(BODY) - 5])
def test_a_ledger_cut_short_is_refused(cut: int) -> None:
    assert refused(BODY[:cut]) == "ledger-xml-malformed"


def test_another_xml_is_no_ledger() -> None:
    assert refused(HEAD.format("utf-8") + "<facture/>") == "not-a-spreadsheet"
