"""Contacts files merged into the debtors of cases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relance.application.ports import CaseChange, ContactLine, ContactsFile
from relance.domain.balance_reading import RejectedRow
from relance.domain.debtor import Contact, PayerProfile, Role
from relance.domain.evidence import EvidenceDraft
from relance.domain.open_item import PaymentMethod
from relance.domain.postal_address import PostalAddress
from relance.domain.task import Task, TaskKind
from tests.application.fakes_import import START, ImportWorld, a_balance, a_row, new_creditor

ANNE = Contact("k1", "Anne Roy", Role.ACCOUNTS_PAYABLE, "anne@client.example")
BOSS = Contact("k2", "Paul Roy", Role.MANAGER, "paul@client.example")
ADDRESS = PostalAddress(("12 RUE X", "31000 TOULOUSE"))
DAY = START.date()


def line(code: str = "C001", contact: Contact | None = ANNE, **more: object) -> ContactLine:
    blank = ContactLine(2, code, None, contact, None, None, None)
    return replace(blank, **more)  # type: ignore[arg-type]


@pytest.fixture
def world() -> ImportWorld:
    found = ImportWorld(new_creditor())
    found.drop(a_balance(a_row()))
    return found


def test_merged_into_the_debtor(world: ImportWorld) -> None:
    lines = (
        line(language="en", collector="Claire Martin"),
        line(contact=BOSS, siren="552100554", address=ADDRESS, debtor_name="Dupont SAS"),
    )
    outcome = world.drop(
        ContactsFile(lines, (RejectedRow(4, "bad-email", "email", "anne@"),)), key="acme/c.csv"
    )
    debtor = world.case().debtor
    assert debtor.contacts == (ANNE, BOSS)
    assert (debtor.name, debtor.language, debtor.siren) == ("Dupont SAS", "en", "552100554")
    assert (debtor.address, debtor.collector) == (ADDRESS, "claire")
    assert outcome.counts == {"rows": 3, "debtors": 1, "contacts": 2, "rejected": 1}
    entry = world.stores.of("acme").cases.history("C001")[-1]
    assert entry.kind == "contacts"
    assert "anne@client.example" not in str(entry.facts)
    assert "anne@client.example" in entry.personal["contacts"]


def test_they_take_no_lease_and_no_number(world: ImportWorld) -> None:
    outcome = world.drop(ContactsFile((line(),)))
    assert (outcome.import_seq, world.creditor.import_seq) == (0, 1)
    assert not world.creditor.is_importing


def test_a_debtor_not_yet_known_gets_a_case(world: ImportWorld) -> None:
    world.drop(ContactsFile((line("C777", debtor_name="Nouveau"),)))
    assert world.case("C777").debtor.name == "Nouveau"
    assert world.case("C777").agenda is None


def test_a_file_without_codes_finds_debtors_by_name(world: ImportWorld) -> None:
    world.drop(ContactsFile((line("name:menuiserie-dupont-sarl"),)))
    assert world.case().debtor.contacts == (ANNE,)


def test_an_unreachable_address_stays_so_until_it_changes(world: ImportWorld) -> None:
    world.drop(ContactsFile((line(), line(contact=BOSS))))
    case = world.case()
    bounced = replace(ANNE, unreachable="hard-bounce")
    debtor = replace(case.debtor, contacts=(bounced, BOSS))
    world.stores.of("acme").cases.commit(
        CaseChange(replace(case, debtor=debtor), EvidenceDraft(world.clock.now(), "x", "x"))
    )
    world.drop(ContactsFile((line(), line(contact=BOSS))), content=b"same people")
    assert world.case().debtor.contacts == (bounced, BOSS)
    fixed = replace(ANNE, email="anne.roy@client.example")
    world.drop(ContactsFile((line(contact=fixed), line(contact=BOSS))))
    assert world.case().debtor.contacts == (fixed, BOSS)


def test_the_same_again_writes_no_case(world: ImportWorld) -> None:
    world.drop(ContactsFile((line(),)))
    version = world.case().version
    world.drop(ContactsFile((line(),)), content=b"another export")
    assert world.case().version == version


def test_a_row_with_an_address_only_keeps_the_contacts(world: ImportWorld) -> None:
    world.drop(ContactsFile((line(),)))
    world.drop(ContactsFile((line(contact=None, address=ADDRESS),)))
    assert world.case().debtor.contacts == (ANNE,)
    assert world.case().debtor.address == ADDRESS


def test_what_it_brings_nobody_looks_for_any_more(world: ImportWorld) -> None:
    tasks = (
        Task("t1", TaskKind.FIND_CONTACT, DAY, DAY),
        Task("t2", TaskKind.FIND_ADDRESS, DAY, DAY),
    )
    case = replace(world.case(), tasks=tasks, agenda=None)
    world.stores.of("acme").cases.commit(
        CaseChange(case, EvidenceDraft(world.clock.now(), "x", "x"))
    )
    world.drop(ContactsFile((line(),)))
    assert world.case().tasks == tasks[1:]
    assert world.case().agenda == DAY
    world.drop(ContactsFile((line(address=ADDRESS),)))
    assert world.case().tasks == ()


def test_an_unknown_collector_is_told(world: ImportWorld) -> None:
    outcome = world.drop(ContactsFile((line(collector="Zoé"),)))
    assert world.case().debtor.collector is None
    assert outcome.report_key is not None
    assert b"collector-unknown" in world.reports.get(outcome.report_key)


def test_a_payer_by_its_code_by_its_name_and_no_longer(world: ImportWorld) -> None:
    cases = world.stores.of("acme").cases
    world.drop(ContactsFile((line(payer="C900"),)), key="acme/1.csv")
    assert world.case().debtor.payer == "C900"
    assert cases.paid_by("C900") == ("C001",)
    world.drop(ContactsFile((line(),)), key="acme/2.csv")
    assert world.case().debtor.payer == "C900"
    world.drop(ContactsFile((line("C777", payer="Menuiserie Dupont SARL"),)), key="acme/3.csv")
    assert world.case("C777").debtor.payer == "C001"
    world.drop(ContactsFile((line(payer="C001"),)), key="acme/4.csv")
    assert world.case().debtor.payer is None
    assert cases.paid_by("C900") == ()


def test_new_contacts_of_a_payer_have_its_debtors_decided_again(world: ImportWorld) -> None:
    world.drop(ContactsFile((line(payer="C900"),)), key="acme/1.csv")
    cases = world.stores.of("acme").cases
    later = DAY + timedelta(days=9)
    cases.commit(CaseChange(replace(world.case(), agenda=later), None))
    boss = line("C900", contact=BOSS)
    world.drop(ContactsFile((boss,)), key="acme/2.csv")
    assert world.case().agenda == DAY
    assert world.case("C900").agenda is None
    cases.commit(CaseChange(replace(world.case(), agenda=later), None))
    world.drop(ContactsFile((replace(boss, payment_days=(10,)),)), key="acme/3.csv")
    assert world.case().agenda == later


class TestOfThePayer:
    """C001 is paid for by C900, and somebody looks for an address to write to."""

    LATER = DAY + timedelta(days=9)
    DATA = Task("t1", TaskKind.COMPLETE_DATA, DAY, DAY, detail="email due-date=FA-1|invoice|1")
    ONLY = Task("t2", TaskKind.COMPLETE_DATA, DAY, DAY, detail="email")
    FIND = Task("t3", TaskKind.FIND_CONTACT, DAY, DAY)
    OTHER = Task("t4", TaskKind.FIND_ADDRESS, DAY, DAY)

    def served(self, world: ImportWorld, *tasks: Task, payer: str | None = "C900") -> None:
        undated = {key: replace(i, due_date=None) for key, i in world.case().items.items()}
        debtor = replace(world.case().debtor, payer=payer)
        case = replace(world.case(), debtor=debtor, tasks=tasks, items=undated, agenda=self.LATER)
        items, seq = tuple(undated.values()), case.import_seq
        entry = EvidenceDraft(world.clock.now(), "x", "x")
        change = CaseChange(case, entry, items=items, import_seq=seq)
        world.stores.of("acme").cases.commit(change)

    def details(self, world: ImportWorld) -> list[tuple[str, str | None]]:
        return [(task.key, task.detail) for task in world.case().tasks]

    def test_an_email_on_its_card_is_not_looked_for_any_more(self, world: ImportWorld) -> None:
        self.served(world, self.DATA, self.ONLY, self.FIND, self.OTHER)
        world.drop(ContactsFile((line("C900"),)))
        assert self.details(world) == [("t1", "due-date=FA-1|invoice|1"), ("t4", None)]
        assert world.case().agenda == DAY
        entry = world.stores.of("acme").cases.history("C001")[-1]
        assert (entry.kind, entry.personal) == ("payer-contacts", {"payer": "C900"})
        assert entry.facts["drop"] == "acme/balance.csv"

    def test_one_without_an_address_answers_nothing(self, world: ImportWorld) -> None:
        self.served(world, self.ONLY)
        world.drop(ContactsFile((line("C900", contact=replace(ANNE, email=None)),)))
        assert self.details(world) == [("t2", "email")]

    def test_nor_does_one_that_bounced(self, world: ImportWorld) -> None:
        world.drop(ContactsFile((line("C900"),)))
        case = world.case("C900")
        dead = replace(case.debtor, contacts=(replace(ANNE, unreachable="hard-bounce"),))
        entry = EvidenceDraft(world.clock.now(), "x", "x")
        world.stores.of("acme").cases.commit(CaseChange(replace(case, debtor=dead), entry))
        self.served(world, self.ONLY)
        world.drop(ContactsFile((line("C900", language="en"),)), key="acme/2.csv")
        assert self.details(world) == [("t2", "email")]

    def test_so_it_is_when_a_payer_with_an_address_is_declared(self, world: ImportWorld) -> None:
        world.drop(ContactsFile((line("C900"),)), key="acme/1.csv")
        self.served(world, self.ONLY, self.FIND, payer=None)
        world.drop(ContactsFile((line(contact=None, payer="C900"),)), key="acme/2.csv")
        assert self.details(world) == []

    def test_in_one_file_whatever_the_order_of_the_codes(self, world: ImportWorld) -> None:
        self.served(world, self.ONLY, payer=None)
        rows = (line(contact=None, payer="C900"), line("C900"))
        world.drop(ContactsFile(rows))
        assert self.details(world) == []

    def test_the_debtors_of_another_payer_keep_their_tasks(self, world: ImportWorld) -> None:
        self.served(world, self.ONLY, payer="C800")
        world.drop(ContactsFile((line("C900"),)))
        assert self.details(world) == [("t2", "email")]

    def test_the_same_file_again_writes_no_case(self, world: ImportWorld) -> None:
        self.served(world, self.ONLY)
        world.drop(ContactsFile((line("C900"),)))
        before = (world.case().version, world.case("C900").version)
        world.drop(ContactsFile((line("C900"),)), content=b"another export")
        assert (world.case().version, world.case("C900").version) == before


def test_how_it_pays_stays_until_a_file_says_otherwise(world: ImportWorld) -> None:
    says = line(profile=PayerProfile.BAD_PAYER, payment_method=PaymentMethod.CHEQUE, others=(BOSS,))
    world.drop(ContactsFile((says,)), key="acme/1.csv")
    world.drop(ContactsFile((line(language="fr", others=(BOSS,)),)), key="acme/2.csv")
    debtor = world.case().debtor
    assert (debtor.profile, debtor.payment_method) == (PayerProfile.BAD_PAYER, PaymentMethod.CHEQUE)
    assert debtor.contacts == (ANNE, BOSS)
