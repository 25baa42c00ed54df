"""Buckets in dictionaries."""

import hashlib

from relance.application.ports import NotFound, TooLarge
from relance.domain.errors import RelanceError
from relance.domain.evidence import ObjectRef


class MemoryFiles:
    """Keeps every version; `versions[key]` lists them, oldest first, as (id, bytes)."""

    def __init__(self) -> None:
        self.versions: dict[str, list[tuple[str, bytes]]] = {}
        self.content_types: dict[str, str] = {}

    def get(self, key: str, *, version: str | None = None, limit: int | None = None) -> bytes:
        for name, content in reversed(self.versions.get(key, [])):
            if version is None or version == name:
                if limit is not None and len(content) > limit:
                    raise TooLarge("file-too-large", {"key": key, "limit": str(limit)})
                return content
        raise NotFound("unknown-file", {"key": key})

    def put(self, key: str, content: bytes, *, content_type: str) -> None:
        kept = self.versions.setdefault(key, [])
        kept.append((f"v{len(kept) + 1}", content))
        self.content_types[key] = content_type

    def get_tagged(self, key: str) -> tuple[bytes, str] | None:
        kept = self.versions.get(key)
        return (kept[-1][1], kept[-1][0]) if kept else None

    def put_if(self, key: str, content: bytes, *, content_type: str, tag: str | None) -> bool:
        found = self.get_tagged(key)
        if (found[1] if found else None) != tag:
            return False
        self.put(key, content, content_type=content_type)
        return True

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(sorted(self.versions))


class MemoryEvidenceObjects:
    """Versions are kept for ever; the newest one with the same bytes is not written again."""

    def __init__(self) -> None:
        self.files = MemoryFiles()

    def put(self, key: str, content: bytes, *, content_type: str) -> ObjectRef:
        found = self.files.get_tagged(key)
        if found is None or found[0] != content:
            self.files.put(key, content, content_type=content_type)
        version = self.files.versions[key][-1][0]
        return ObjectRef(key, version, hashlib.sha256(content).hexdigest())

    def get(self, ref: ObjectRef) -> bytes:
        content = self.files.get(ref.key, version=ref.version)
        if hashlib.sha256(content).hexdigest() != ref.sha256:
            raise RelanceError("evidence-object-altered", {"key": ref.key})
        return content
