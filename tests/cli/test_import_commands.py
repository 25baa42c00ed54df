"""`relance paid` and `relance confirm-import`, typed as they would be, on the real adapters."""

from dataclasses import replace
from datetime import timedelta

import pytest

from functions.import_balance import app as import_balance
from relance.cli.deployed import Deployment as Deployed
from relance.domain.case import Case
from relance.domain.creditor import Creditor, Lease
from relance.domain.holds import ReceivedPayment
from tests.cli.test_people_commands import case, run_day, typed
from tests.functions.aws import Deployment
from tests.functions.test_main_job import BALANCE, MONDAY, dropped, imported, noon, run, sent_mails

HEADER = """Balance âgée au {day}
Code client;Nom;N° facture;Date facture;Date d'échéance;Montant TTC;Solde;Devise
"""
SHRUNK = HEADER.format(day="24/11/2026") + (
    "C0002;Garage Petit;FA-2;19/10/2026;15/12/2026;100,00;100,00;EUR\n"
)
"""Whole customers are gone."""
DROP = "acme/shrunk [v2].csv"
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def deployment(cloud: Deployment) -> Deployment:
    """C0001 owes FA-1, 1234.56 €, and C0002 what is not yet due. It is Monday, 09:00 UTC."""
    imported(cloud)
    cloud.at(noon(MONDAY))
    return cloud


def creditor() -> Creditor:
    return Deployed.find(None).office.creditors.get("acme")


def received(of: Case) -> list[dict[str, str]]:
    return [
        {str(key): str(amount) for key, amount in hold.amounts.items()}
        for hold in of.holds
        if isinstance(hold, ReceivedPayment)
    ]


def add_balance(made: Deployment, text: str, key: str = "acme/balance.csv") -> None:
    run(import_balance.handler, dropped(made, key, text.encode()))


class TestPaid:
    def test_what_it_pays_is_not_chased_and_who_said_so_is_kept(
        self, deployment: Deployment
    ) -> None:
        said = typed("paid", "acme", "C0001", "FA-1", "--by", "claire")
        assert "1234.56 EUR" in said
        assert "until a balance shows it" in said
        assert received(case()) == [{"FA-1|invoice|1": "1234.56"}]
        entry = Deployed.find(None).office.open("acme").cases.history("C0001")[-1]
        assert (entry.kind, entry.actor) == ("payment-received", "claire")
        assert entry.facts["paid_on"] == MONDAY.isoformat()
        run_day(deployment, MONDAY)
        assert not [m for m in sent_mails() if "anne@client.example" in str(m.destinations)]

    def test_a_part_with_its_day(self, deployment: Deployment) -> None:
        typed(
            "paid", "acme", "C0001", "FA-1", "--amount", "234.56",
            "--date", "2026-11-20", "--by", "claire",
        )  # fmt: skip
        assert received(case()) == [{"FA-1|invoice|1": "234.56"}]
        entry = Deployed.find(None).office.open("acme").cases.history("C0001")[-1]
        assert entry.facts["paid_on"] == "2026-11-20"

    def test_money_without_a_document_pays_the_oldest(self, deployment: Deployment) -> None:
        typed("paid", "acme", "C0001", "--amount", "1000", "--by", "claire")
        assert received(case()) == [{"FA-1|invoice|1": "1000"}]

    def test_the_number_is_found_however_it_is_typed(self, deployment: Deployment) -> None:
        typed("paid", "acme", "C0001", " fa-1", "--by", "claire")
        assert received(case()) == [{"FA-1|invoice|1": "1234.56"}]

    def test_what_exceeds_the_items_is_said_and_is_a_task(self, deployment: Deployment) -> None:
        said = typed("paid", "acme", "C0001", "FA-1", "--amount", "1500", "--by", "claire")
        assert "265.44 EUR pays nothing that is open" in said
        assert "This payment exceeds the open items" in typed("case", "acme", "C0001")

    def test_the_rest_of_a_document_already_paid_in_part(self, deployment: Deployment) -> None:
        typed("paid", "acme", "C0001", "FA-1", "--amount", "234.56", "--by", "claire")
        typed("paid", "acme", "C0001", "FA-1", "--by", "claire")
        assert received(case())[1] == {"FA-1|invoice|1": "1000.00"}
        assert not case().tasks

    def test_the_same_typed_again_is_refused(self, deployment: Deployment) -> None:
        typed("paid", "acme", "C0001", "FA-1", "--by", "claire")
        refused = typed("paid", "acme", "C0001", "FA-1", "--by", "claire", status=2)
        assert "already noted as paid" in refused
        assert len(received(case())) == 1

    def test_two_currencies_are_not_added_up(self, deployment: Deployment) -> None:
        both = BALANCE.replace("C0002;Garage Petit;FA-2", "C0001;Menuiserie Dupont;FA-2")
        add_balance(deployment, both.replace("100,00;100,00;EUR", "100,00;100,00;USD"))
        refused = typed("paid", "acme", "C0001", "FA-1", "FA-2", "--by", "claire", status=2)
        assert "EUR, USD" in refused
        assert received(case()) == []

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("C0001", "FA-77"), "No open invoice has the number FA-77"),
            (("C0001",), "Name the documents"),
            (("C0001", "FA-1", "--date", "2026-11-24"), "has not come yet"),
            (("C0001", "FA-1", "--date", "24/11/2026"), "--date"),
            (("C0001", "FA-1", "--amount", "abc"), "is not an amount"),
            (("C0001", "FA-1", "--amount", "-5"), "is not an amount"),
            (("NOPE", "FA-1"), "no case for that debtor"),
        ],
    )
    def test_what_makes_no_sense_is_said_and_changes_nothing(
        self, deployment: Deployment, words: tuple[str, ...], said: str
    ) -> None:
        before = case().version
        assert said in typed("paid", "acme", *words, "--by", "claire", status=2)
        assert case().version == before

    def test_a_creditor_nobody_knows(self, deployment: Deployment) -> None:
        assert "creditor is unknown" in typed("paid", "nope", "C0001", "FA-1", status=2)


class TestConfirmImport:
    @pytest.fixture(autouse=True)
    def _suspicious(self, deployment: Deployment) -> None:
        deployment.at(noon(TUESDAY, 6))
        add_balance(deployment, SHRUNK, DROP)
        deployment.at(noon(TUESDAY))

    def test_what_waits_is_listed_with_the_reason_in_words(self, deployment: Deployment) -> None:
        listed = typed("confirm-import", "acme", "--by", "claire")
        assert DROP in listed
        assert "balance-shrunk" in listed
        assert "More than 40% of the open amount" in listed

    def test_refused_it_is_left_out_and_the_last_balance_stands(
        self, deployment: Deployment
    ) -> None:
        said = typed(
            "confirm-import", "acme", DROP, "--refuse", "--reason", "filtered", "--by", "claire"
        )
        assert "last balance stands" in said
        assert not creditor().balance.suspicious
        assert len(case().open_items) == 1
        (entry,) = Deployed.find(None).office.creditors.history("acme")
        assert (entry.kind, entry.actor) == ("import-refused", "claire")
        assert entry.personal == {"reason": "filtered"}
        assert "No balance of acme waits" in typed("confirm-import", "acme", "--by", "ana")
        again = ("confirm-import", "acme", DROP, "--refuse", "--reason", "x", "--by", "ana")
        assert "No suspicious balance" in typed(*again, status=2)

    def test_then_reminders_leave_again(self, deployment: Deployment) -> None:
        def to_anne() -> int:
            return len([m for m in sent_mails() if "anne@client.example" in str(m.destinations)])

        run_day(deployment, TUESDAY)
        assert to_anne() == 0
        typed("confirm-import", "acme", DROP, "--refuse", "--reason", "filtered", "--by", "claire")
        run_day(deployment, TUESDAY + timedelta(days=1))
        assert to_anne() == 1

    def test_a_refusal_says_why(self, deployment: Deployment) -> None:
        said = typed("confirm-import", "acme", DROP, "--refuse", "--by", "claire", status=2)
        assert "--reason" in said
        assert creditor().balance.suspicious

    def test_a_refusal_names_its_drop(self, deployment: Deployment) -> None:
        said = typed("confirm-import", "acme", "--refuse", "--reason", "x", "--by", "c", status=2)
        assert "Name the drop" in said
        assert creditor().balance.suspicious

    def test_accepted_it_is_applied_in_the_name_of_who_said_so(
        self, deployment: Deployment
    ) -> None:
        assert "Applied" in typed("confirm-import", "acme", DROP, "--by", "claire")
        assert case().open_items == ()
        assert not creditor().balance.suspicious
        entry = Deployed.find(None).office.open("acme").cases.history("C0001")[-1]
        assert entry.facts["accepted_by"] == "claire"
        assert "No balance of acme waits" in typed("confirm-import", "acme", "--by", "ana")

    def test_a_drop_that_is_gone_is_not_said_to_be_applied(self, deployment: Deployment) -> None:
        bucket = deployment.environment["DROP_BUCKET"]
        for one in deployment.s3.list_object_versions(Bucket=bucket, Prefix=DROP)["Versions"]:
            deployment.s3.delete_object(Bucket=bucket, Key=DROP, VersionId=one["VersionId"])
        said = typed("confirm-import", "acme", DROP, "--by", "claire", status=2)
        assert "Not applied" in said
        assert not creditor().is_importing

    def test_while_another_import_runs_it_waits_for_its_turn(self, deployment: Deployment) -> None:
        lease = Lease("acme/other.csv#1", noon(TUESDAY) + timedelta(minutes=10))
        Deployed.find(None).office.creditors.save(replace(creditor(), lease=lease))
        said = typed("confirm-import", "acme", DROP, "--by", "claire", status=2)
        assert "Another file of this creditor" in said
        assert not creditor().waiting_drops, "no queue would bring it back"

    def test_what_an_import_left_halfway_is_listed_until_it_is_taken_in(
        self, deployment: Deployment
    ) -> None:
        begun = frozenset({"acme/long.csv#v1"})
        Deployed.find(None).office.creditors.save(replace(creditor(), waiting_drops=begun))
        listed = typed("confirm-import", "acme", "--by", "claire")
        assert "Not taken in yet, and nothing leaves meanwhile: acme/long.csv#v1" in listed

    def test_a_creditor_nobody_knows(self, deployment: Deployment) -> None:
        assert "creditor is unknown" in typed("confirm-import", "nope", "--by", "c", status=2)
