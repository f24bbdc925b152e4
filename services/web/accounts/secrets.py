"""Secrets that are shown once and stored hashed: session cookies, API tokens, invitation links."""

import hashlib
import secrets

TOKEN_PREFIX = "ent_"  # noqa: S105 - the prefix lets scanners of leaked secrets recognise ours
_BYTES = 32


def new_secret() -> str:
    """256 random bits, safe in a URL and in a cookie."""
    return secrets.token_urlsafe(_BYTES)


def new_api_token() -> str:
    """A secret that says what it opens."""
    return TOKEN_PREFIX + new_secret()


def hashed(secret: str) -> bytes:
    """What is stored. A fast hash is enough: nobody guesses 256 random bits."""
    return hashlib.sha256(secret.encode()).digest()
