"""What the end-to-end walks share: this process on the local cloud, and what is stored there."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

import pytest

from relance import bootstrap
from relance.adapters.s3_evidence import S3EvidenceObjects
from relance.application.confirm_payment_details import confirm_payment_details
from relance.application.ports import EvidenceObjects
from relance.cli.demo.stage import Stage
from relance.cli.local_cloud import LocalStack
from relance.domain.evidence import EvidenceEntry, chain_problem

CONFIGURATION = """code: {code}
identity: {{name: Atelier Test, address: {{lines: [1 rue du Banc, 75011 PARIS]}}}}
finance_email: finance@{sender}
collectors: [{{key: ana, name: Ana Roy, email: ana@{sender}}}]
payment:
  payee: Atelier Test
  iban: FR7630006000011234567890189
  bic: AGRIFRPP
  sender_domain: {sender}
  reply_domain: {replies}
"""


@contextmanager
def on(cloud: LocalStack, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalStack]:
    """This process talks to the local cloud and to nothing else, until the test is over."""
    for name, value in cloud.environment.items():
        monkeypatch.setenv(name, value)
    bootstrap.forget()
    yield cloud
    bootstrap.forget()


def configure(stage: Stage, sender: str, replies: str) -> None:
    """The creditor of the stage, with payment details that two persons confirmed."""
    content = CONFIGURATION.format(code=stage.creditor, sender=sender, replies=replies)
    assert stage.drop("creditor.yaml", content.encode()).status == "applied"
    for person in ("Ana Roy", "Bob Lee"):
        confirm_payment_details(stage.creditor, person, office=stage.office)


def evidence_of(stage: Stage) -> EvidenceObjects:
    return S3EvidenceObjects(stage.client("s3"), stage.outputs["EvidenceBucket"])


def verify_chain(stage: Stage, debtor: str) -> tuple[EvidenceEntry, ...]:
    """The chain holds, and each object it names is stored with the bytes that it proves."""
    history = stage.desk().cases.history(debtor)
    assert chain_problem(history) is None, debtor
    objects = evidence_of(stage)
    for entry in history:
        for ref in entry.objects:
            assert sha256(objects.get(ref)).hexdigest() == ref.sha256, ref.key
    return history
