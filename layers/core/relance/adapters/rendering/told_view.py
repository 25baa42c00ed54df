"""What the templates of a message about an agreement see: it asks for no item by itself."""

from dataclasses import fields
from typing import Any

from relance.domain.notice_content import NoticeContent, Told


def told_values(content: NoticeContent, told: Told) -> dict[str, Any]:
    """The fields of the content by name, and those that every layout reads."""
    values: dict[str, Any] = {
        field.name: getattr(content, field.name) for field in fields(NoticeContent)
    }
    names = (recipient.name.strip() for recipient in content.notice.recipients)
    return values | {
        "accounts": (),
        "codes": content.debtor.code,
        "customer_name": content.debtor.name,
        "asked": told.total,
        "claim": None,
        "has_others": False,
        "reference": " ".join([content.debtor.code, *_numbers(told)]),
        "deadline": content.notice.deadline,
        "attention": tuple(n for n in names if n and n != content.debtor.name),
        "by_post": False,
    }


def _numbers(told: Told) -> list[str]:
    """What a transfer should quote besides the customer's code, when it fits."""
    numbers = [line.number for line in told.lines]
    return numbers if len(numbers) <= 3 else []
