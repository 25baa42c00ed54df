"""Evidence (*preuves*): an append-only chain of entries per case (design §8)."""

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ObjectRef:
    """Bytes kept in a bucket: key, version and SHA-256 (hex) of the exact content."""

    key: str
    version: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The last entry of a case's chain: sequence 0 and an empty hash before the first."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """An event to prove. facts holds no personal data; personal does, and only its salted digest
    enters the hash, so that erasing it leaves the chain valid.
    """

    at: datetime
    actor: str
    kind: str
    facts: dict[str, str] = field(default_factory=dict)
    personal: dict[str, str] = field(default_factory=dict)
    objects: tuple[ObjectRef, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """A sealed entry. personal and salt are erased together; `digests` stay."""

    seq: int
    at: datetime
    actor: str
    kind: str
    facts: dict[str, str]
    objects: tuple[ObjectRef, ...]
    digests: dict[str, str]
    previous_hash: str
    hash: str
    personal: dict[str, str] = field(default_factory=dict)
    salt: str | None = None


def seal(draft: EvidenceDraft, head: ChainHead, *, salt: str) -> EvidenceEntry:
    """The next entry of the chain; salt: at least 128 random bits, hexadecimal."""
    entry = EvidenceEntry(
        seq=head.seq + 1,
        at=draft.at,
        actor=draft.actor,
        kind=draft.kind,
        facts=dict(draft.facts),
        objects=draft.objects,
        digests={name: salted_digest(salt, name, text) for name, text in draft.personal.items()},
        previous_hash=head.hash,
        hash="",
        personal=dict(draft.personal),
        salt=salt if draft.personal else None,
    )
    return replace(entry, hash=entry_hash(entry))


def salted_digest(salt: str, name: str, text: str) -> str:
    return hashlib.sha256(f"{salt}\x00{name}\x00{text}".encode()).hexdigest()


def entry_hash(entry: EvidenceEntry) -> str:
    """SHA-256 (hex) of the canonical JSON of all but the personal text, the salt and the hash."""
    content = {
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "kind": entry.kind,
        "facts": entry.facts,
        "objects": [[ref.key, ref.version, ref.sha256] for ref in entry.objects],
        "digests": entry.digests,
        "previous_hash": entry.previous_hash,
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def head_of(entry: EvidenceEntry) -> ChainHead:
    return ChainHead(entry.seq, entry.hash)


def chain_problem(entries: tuple[EvidenceEntry, ...]) -> str | None:
    """The kebab-case code of the first thing wrong with a whole chain, oldest first, or None."""
    head = ChainHead(0, "")
    for entry in entries:
        if entry.seq != head.seq + 1:
            return "evidence-entry-missing"
        if entry.previous_hash != head.hash:
            return "evidence-chain-broken"
        if entry.hash != entry_hash(entry):
            return "evidence-entry-altered"
        if not _personal_matches(entry):
            return "evidence-personal-altered"
        head = head_of(entry)
    return None


def _personal_matches(entry: EvidenceEntry) -> bool:
    if entry.salt is None:
        return not entry.personal
    return entry.digests == {
        name: salted_digest(entry.salt, name, text) for name, text in entry.personal.items()
    }
