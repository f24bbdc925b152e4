"""Passwords: which ones are accepted, and argon2id off the event loop."""

import asyncio
import re
from enum import StrEnum

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 12
# Argon2 reads the whole input: a bound keeps a request's cost bounded.
MAX_LENGTH = 256

# Each hash takes 64 MiB: two at once is what the two cores do in parallel anyway.
_AT_ONCE = asyncio.Semaphore(2)
_HASHER = PasswordHasher()

# Verified when the account does not exist, so that the answer takes the same time.
_NOBODY = _HASHER.hash("nobody signs in with this")

_STEMS = (
    "motdepasse", "password", "passw0rd", "azerty", "azertyuiop", "qwerty", "qwertyuiop", "qwertz", "bonjour",
    "soleil", "doudou", "loulou", "chouchou", "administrateur", "admin", "administrator", "bienvenue", "welcome",
    "entente", "hopital", "association", "changeme", "changezmoi", "letmein", "iloveyou", "jetaime", "secret",
    "marseille", "football", "princesse", "nicolas", "camille", "france",
)  # fmt: skip
_SEQUENCES = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
)
_LOOKALIKES = str.maketrans("013457@$!", "oieastasi")


class Weakness(StrEnum):
    """Why a password is not accepted."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    IS_EMAIL = "is_email"
    TOO_COMMON = "too_common"


def weakness_of(password: str, email: str) -> Weakness | None:
    """The first reason against a password, if any. No rule about kinds of characters: length is what counts."""
    if len(password) < MIN_LENGTH:
        return Weakness.TOO_SHORT
    if len(password) > MAX_LENGTH:
        return Weakness.TOO_LONG
    plain = password.casefold()
    mailbox = email.casefold().partition("@")[0]
    if plain == email.casefold() or plain.strip("0123456789!?.*-_") == mailbox:
        return Weakness.IS_EMAIL
    return Weakness.TOO_COMMON if _is_common(plain) else None


def _is_common(plain: str) -> bool:
    """Whether it is among the first that anybody tries: a usual word with digits, a run of keys, a repetition."""
    if len(set(plain)) <= 3:
        return True
    if any(plain in sequence or plain in sequence[::-1] for sequence in _SEQUENCES):
        return True
    # With and without what people put around a word, and with its disguise taken off.
    spellings = (plain, plain.translate(_LOOKALIKES), plain.strip("0123456789!?.*-_").translate(_LOOKALIKES))
    words = {re.sub(r"[\W\d_]", "", spelling) for spelling in spellings}
    return any(word == stem * times for word in words for stem in _STEMS for times in (1, 2, 3))


async def hash_password(password: str) -> str:
    """The argon2id hash to store."""
    async with _AT_ONCE:
        return await asyncio.to_thread(_HASHER.hash, password)


async def matches(password: str, stored: str | None) -> bool:
    """Whether the password is the account's; as slow for an account that does not exist (`stored` None)."""
    if len(password) > MAX_LENGTH:
        return False
    async with _AT_ONCE:
        fits = await asyncio.to_thread(_verify, password, stored or _NOBODY)
    return fits and stored is not None


def _verify(password: str, stored: str) -> bool:
    try:
        return _HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
