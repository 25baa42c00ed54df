"""A made-up creditor of any size, as the files that its finance team would drop."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

CREDITOR = """\
code: {code}
identity:
  name: Banc d'essai SAS
  address:
    lines: [1 rue de la Mesure, 75011 PARIS]
  siren: "732829320"
finance_email: finance@{code}.example
collectors:
  - key: claire
    name: Claire Martin
    email: claire@{code}.example
payment:
  payee: Banc d'essai SAS
  iban: FR7630006000011234567890189
  bic: AGRIFRPP
  sender_domain: {code}.example
  reply_domain: reply.{code}.example
"""


@dataclass(frozen=True)
class Sample:
    """items open items over items / 5 debtors; a third of them late on `today`."""

    code: str
    items: int
    today: date

    @property
    def debtors(self) -> int:
        return max(1, self.items // 5)

    def creditor(self) -> bytes:
        return CREDITOR.format(code=self.code).encode()

    def contacts(self) -> bytes:
        head = ("Code", "Nom", "Contact", "Rôle", "E-mail", "Adresse 1", "Code postal", "Ville")
        rows = (
            (
                f"C{n:05d}",
                f"Client {n:05d}",
                f"Alex {n:05d}",
                "Comptabilité fournisseurs",
                f"compta@c{n:05d}.example",
                f"{n} rue du Client",
                "69001",
                "LYON",
            )
            for n in range(self.debtors)
        )
        return _csv(head, rows)

    def balance(self, *, paid_one_in: int | None = None) -> bytes:
        """paid_one_in: half of one item in so many is paid since."""
        head = (
            "Code client",
            "Nom",
            "N° facture",
            "Date facture",
            "Date d'échéance",
            "Montant TTC",
            "Solde",
            "Devise",
        )
        return _csv(head, (self._row(n, paid_one_in) for n in range(self.items)))

    def _row(self, n: int, paid_one_in: int | None) -> tuple[str, ...]:
        debtor = n % self.debtors
        due = self.today - timedelta(days=(n * 7) % 90 - 60)
        amount = f"{100 + n % 900},{n % 100:02d}"
        is_paid = paid_one_in is not None and n % paid_one_in == 0
        left = f"{(100 + n % 900) // 2},00" if is_paid else amount
        return (
            f"C{debtor:05d}",
            f"Client {debtor:05d}",
            f"FA-{n:06d}",
            f"{due - timedelta(days=30):%d/%m/%Y}",
            f"{due:%d/%m/%Y}",
            amount,
            left,
            "EUR",
        )


def _csv(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")
