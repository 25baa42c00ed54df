"""A Factur-X invoice dropped in the bucket, by the import function with its real event."""

from datetime import date

from functions.import_balance import app as import_balance
from relance import bootstrap
from relance.domain.evidence import chain_problem
from tests.adapters.documents.samples import CII, a_factur_x
from tests.functions.aws import Deployment
from tests.functions.test_main_job import case_of, dropped, imported, run

WITHOUT_DUE_DATE = """Code client;Nom;N° facture;Date facture;Montant TTC;Solde;Devise
C0009;Atelier Roux;FX-9;19/10/2026;1 200,00;1 200,00;EUR
C0001;Menuiserie Dupont;FA-1;19/10/2026;1 234,56;1 234,56;EUR
C0002;Garage Petit;FA-2;19/10/2026;100,00;100,00;EUR
"""


def test_an_invoice_waits_for_its_number_then_completes_the_item(deployment: Deployment) -> None:
    imported(deployment)
    invoice = a_factur_x(CII.replace("FA-1", "FX-9").replace("20260401", "20261231"))
    run(import_balance.handler, dropped(deployment, "acme/scan.pdf", invoice))
    balance = WITHOUT_DUE_DATE.encode("cp1252")
    run(import_balance.handler, dropped(deployment, "acme/balance.csv", balance))
    (item,) = case_of(deployment, "C0009").items.values()
    assert (item.due_date, item.order_number) == (date(2026, 12, 31), "PO-9")
    (kept,) = deployment.objects("EVIDENCE", "acme/documents/").values()
    assert kept == invoice
    history = bootstrap.stores(deployment.settings).of("acme").cases.history("C0009")
    assert [entry.kind for entry in history] == ["import", "document-invoice"]
    assert chain_problem(history) is None
