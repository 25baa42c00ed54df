"""What would leave, recorded: queues, mails, letters."""

from collections import deque
from datetime import date

from relance.application.ports import LetterRequest
from relance.domain.errors import RelanceError
from relance.domain.notice_content import OutgoingMail
from relance.domain.policy import Channel


class MemoryPlanQueue:
    def __init__(self) -> None:
        self.messages: list[tuple[str, date, tuple[str, ...]]] = []
        self.mornings: list[tuple[str, date]] = []

    def put(self, creditor: str, today: date, debtors: tuple[str, ...]) -> None:
        self.messages.append((creditor, today, debtors))

    def put_morning(self, creditor: str, today: date) -> None:
        self.mornings.append((creditor, today))


class MemoryNoticeQueue:
    def __init__(self) -> None:
        self.messages: list[tuple[str, str, Channel]] = []

    def put(self, creditor: str, notice_id: str, channel: Channel) -> None:
        self.messages.append((creditor, notice_id, channel))


class MemoryMailer:
    """`failing(...)` scripts what the next sends do: an error to raise, None to succeed.

    requests: all that was asked; sent: what left.
    """

    def __init__(self) -> None:
        self.requests: list[OutgoingMail] = []
        self.sent: list[OutgoingMail] = []
        self._script: deque[RelanceError | None] = deque()

    def failing(self, *outcomes: RelanceError | None) -> None:
        self._script.extend(outcomes)

    def send(self, mail: OutgoingMail) -> str:
        self.requests.append(mail)
        outcome = self._script.popleft() if self._script else None
        if outcome is not None:
            raise outcome
        self.sent.append(mail)
        return f"mail-{len(self.sent)}"


class MemoryLetterProvider:
    """Idempotent on notice_id, as a provider must be; `failing(...)` as for the mailer."""

    name = "memory"

    def __init__(self) -> None:
        self.requests: list[LetterRequest] = []
        self.letters: dict[str, LetterRequest] = {}
        self._script: deque[RelanceError | None] = deque()

    def failing(self, *outcomes: RelanceError | None) -> None:
        self._script.extend(outcomes)

    def submit(self, request: LetterRequest) -> str:
        self.requests.append(request)
        outcome = self._script.popleft() if self._script else None
        if outcome is not None:
            raise outcome
        self.letters.setdefault(request.notice_id, request)
        return f"letter-{request.notice_id}"
