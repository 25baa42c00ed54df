"""The letters and e-mails of the story, under names that people can read."""

import shutil
from pathlib import Path
from typing import Any

from relance.adapters.s3_evidence import S3EvidenceObjects
from relance.cli.demo.outbox import received
from relance.cli.demo.stage import Stage
from relance.domain.evidence import ObjectRef
from relance.domain.notice import Notice


def collect_documents(stage: Stage, sent: list[dict[str, Any]], folder: Path) -> None:
    """Letters from the evidence bucket, e-mails as they were relayed. Adds `file` to each line,
    relative to `folder`.
    """
    for name in ("letters", "emails"):
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir(parents=True)
    messages = received(stage.stack.outbox, stage.creditor)
    relayed = {message.notice: message.file for message in messages if message.notice}
    notices = stage.desk().stores.notices
    for line in sent:
        copy = "-copy" if line["copy_of"] else ""
        base = f"{line['at'][:10]}-{line['debtor']}-{line['step']}{copy}"
        if line["channel"] == "email":
            line["file"] = f"emails/{base}.eml"
            shutil.copyfile(relayed[line["notice"]], folder / line["file"])
        else:
            line["file"] = f"letters/{base}.pdf"
            (folder / line["file"]).write_bytes(_letter(stage, notices.get(line["notice"])))


def _letter(stage: Stage, notice: Notice) -> bytes:
    """The exact bytes handed to the provider, checked against their SHA-256."""
    content = notice.content or ObjectRef("", None, "")
    return S3EvidenceObjects(stage.client("s3"), stage.outputs["EvidenceBucket"]).get(content)
