"""Chance that nobody can guess: reply tokens and the salts of the evidence."""

import secrets

_BYTES = 16


class SecretsRandomSource:
    def token(self) -> str:
        """128 bits of the system's own source."""
        return secrets.token_hex(_BYTES)
