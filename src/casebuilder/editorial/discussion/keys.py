"""Keys of authors and posts: the same from import to import, and no way back from them without the editors' secret."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field

_LETTERS, _FINGERPRINT, _BYTES = 16, 8, 32


@dataclass(frozen=True, slots=True)
class Key:
    """The editors' secret, from which keys are made by HMAC-SHA-256 (RFC 2104).

    Attributes:
        secret: a long word that only the editors know.
        source: where it is stored, in words for messages.
    """

    secret: str = field(repr=False)
    source: str = ""

    @property
    def id(self) -> str:
        """The fingerprint of the key, which each line of a record names."""
        return self._digest_of("the key of a record of casebuilder")[:_FINGERPRINT]

    def author(self, channel: str, account: str) -> str:
        """Return the key of an author, from the identifier that never changes on their network."""
        return self._digest_of(f"{channel}\n{account.casefold()}")

    def post(self, channel: str, address: str) -> str:
        """Return the key of a post, from its identifier on its network; "" for a post without one."""
        return self._digest_of(f"post\n{channel}\n{address}") if address else ""

    def words(self, text: str) -> str:
        """Return a short code of a text, which is the same for the same words only."""
        return self._digest_of(f"words\n{text}")[:_FINGERPRINT]

    def _digest_of(self, text: str) -> str:
        return hmac.digest(self.secret.encode(), text.encode(), "sha256").hex()[:_LETTERS]


def post_of(post_key: str) -> str:
    """Return the key of a post without the codes of its words."""
    return post_key.partition(".")[0]


def new_secret() -> str:
    """Return a secret that nobody can guess."""
    return secrets.token_hex(_BYTES)
