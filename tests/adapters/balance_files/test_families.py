"""Exports shaped as the tools write them: one small file per family, no file of ../shared."""

from decimal import Decimal

import pytest

from relance.adapters.balance_files import read_balance

FAMILIES = {
    "Sage 100": (
        "Compte tiers;Intitulé;Date;N° pièce;Libellé;Échéance;Débit;Crédit;Solde\n"
        "411DUP;DUPONT SA;13/01/2026;FA001;Facture;12/02/2026;1 200,00;;1 200,00\n"
        "411DUP;DUPONT SA;20/01/2026;AV002;Avoir;20/01/2026;;200,00;1 000,00\n"
        "411DUP;DUPONT SA;;;Total DUPONT SA;;1 200,00;200,00;1 000,00\n"
        "411MAR;MARTIN;25/01/2026;FA003;Facture;24/02/2026;300,00;;300,00\n"
        "411MAR;MARTIN;;;Total MARTIN;;300,00;;300,00\n"
        ";;;;Total général;;1 500,00;200,00;1 300,00\n",
        {"FA001": "1200", "AV002": "-200", "FA003": "300"},
        "1300",
    ),
    "QuickBooks A/R ageing detail": (
        'Acme Inc\nA/R Aging Detail\n"As of January 31, 2026"\n\n'
        ",Date,Transaction Type,Num,Customer,Due Date,Amount,Open Balance\n"
        "Current,,,,,,,\n"
        ",01/28/2026,Invoice,1037,Sonnenschein,02/27/2026,362.07,362.07\n"
        "Total for Current,,,,,,$362.07,$362.07\n"
        "1 - 30 days past due,,,,,,,\n"
        ',12/15/2025,Invoice,1019,Amy,01/14/2026,"1,239.00","1,239.00"\n'
        'Total for 1 - 30 days past due,,,,,,"$1,239.00","$1,239.00"\n'
        'TOTAL,,,,,,"$1,601.07","$1,601.07"\n',
        {"1037": "362.07", "1019": "1239"},
        "1601.07",
    ),
    "Odoo": (
        "Numéro,Partenaire,Date de facturation,Date d'échéance,Total,Montant dû,"
        "Statut du paiement\n"
        "FAC/2026/0001,Azure,2026-01-15,2026-02-14,1200.0,1100.0,Partiellement payé\n"
        "FAC/2026/0002,Azure,2026-01-16,2026-02-15,300.0,0.0,Payé\n"
        "RFAC/2026/0001,Azure,2026-01-20,2026-01-20,-50.0,-50.0,Non payé\n",
        {"FAC/2026/0001": "1100", "RFAC/2026/0001": "-50"},
        None,
    ),
    "Dolibarr": (
        "Réf.;Date facturation;Date échéance;Tiers;Montant TTC;Règlement reçu;"
        "Reste à encaisser;État\n"
        "FA2601-0001;15/01/2026;14/02/2026;Dupont;120,00;20,00;100,00;Règlement commencé\n",
        {"FA2601-0001": "100"},
        None,
    ),
    "SAP FBL5N in French": (
        "Compte|Nom 1|N° document|Type pièce|Date pièce|Échéance nette|Montant en devise pièce|"
        "Devise du document\n"
        "100023|DUPONT|1800000012|RV|15.01.2026|14.02.2026|1.234,56|EUR\n"
        "100023|DUPONT|1400000012|DZ|16.01.2026|16.01.2026|234,56-|EUR\n",
        {"1800000012": "1234.56", "1400000012": "-234.56"},
        None,
    ),
    "Business Central": (
        "Customer No.,Customer Name,Document Type,Document No.,Posting Date,Due Date,"
        "Original Amount,Remaining Amount,Currency Code\n"
        '10000,Adatum,Invoice,103001,1/13/2026,2/13/2026,"1,000.00","500.00",\n'
        '10000,Adatum,Credit Memo,104001,1/14/2026,1/14/2026,"-100.00","-100.00",\n',
        {"103001": "500", "104001": "-100"},
        None,
    ),
    "ERPNext": (
        "Posting Date,Party Type,Party,Voucher Type,Voucher No,Due Date,Invoiced Amount,"
        "Paid Amount,Credit Note,Outstanding Amount,Age (Days),0-30,31-60,Currency\n"
        "2026-01-13,Customer,Grant,Sales Invoice,SINV-1,2026-02-13,1000,200,0,800,10,800,0,EUR\n",
        {"SINV-1": "800"},
        None,
    ),
    "Tryton open lines": (
        "Tiers/Nom d'enregistrement;Mouvement/Nom d'enregistrement;Date effective;Date d'échéance;"
        "Débit;Crédit;Compte/Nom d'enregistrement\n"
        "DUPONT;14;17/06/2026;17/07/2026;93,41;0,00;4111 - Clients\n"
        "MARTIN;15;18/06/2026;18/07/2026;0,00;3,41;4111 - Clients\n",
        {"14": "93.41", "15": "-3.41"},
        None,
    ),
}


@pytest.mark.parametrize("family", FAMILIES)
def test_family(family: str) -> None:
    text, expected, file_total = FAMILIES[family]
    reading = read_balance(text.encode())
    assert {item.number: item.open_amount for item in reading.items} == {
        number: Decimal(amount) for number, amount in expected.items()
    }
    assert reading.rejected == ()
    assert list(reading.file_totals.values()) == ([Decimal(file_total)] if file_total else [])
    assert not {"total-differs", "subtotal-differs"} & set(reading.warnings)


def test_quickbooks_says_its_date_and_its_currency_once() -> None:
    reading = read_balance(FAMILIES["QuickBooks A/R ageing detail"][0].encode())
    assert reading.as_of is not None
    assert (reading.as_of.isoformat(), reading.currency) == ("2026-01-31", "USD")
