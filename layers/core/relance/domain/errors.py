"""The root of the errors that carry a kebab-case code to the edge."""

from dataclasses import dataclass, field


@dataclass
class RelanceError(Exception):
    """An error somebody can act on.

    code: kebab-case, translated at the edge (`adapters/messages`); detail: values for the
    sentence, never personal data.
    """

    code: str
    detail: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        extra = ", ".join(f"{key}={value}" for key, value in sorted(self.detail.items()))
        return f"{self.code} ({extra})" if extra else self.code
