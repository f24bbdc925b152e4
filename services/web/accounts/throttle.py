"""Slowing down guessing: after a few failures, each further attempt waits longer.

Counted per account and per address, in PostgreSQL, so that every replica counts the same. An attempt is counted before
it is checked: a hundred at once are a hundred attempts, not one.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shared.kit.database import Transaction

# A person mistypes a few times; a hospital's whole staff shares one address.
FREE_FOR_ACCOUNT = 5
FREE_FOR_ADDRESS = 50
# Nobody is guessing there; but a file takes work to look at.
FREE_CHECKS = 200
LONGEST = timedelta(minutes=15)
# Failures older than this no longer count.
FORGOTTEN_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose attempts are counted together."""

    key: str
    free: int

    @property
    def hash(self) -> bytes:
        """What is stored instead of an e-mail or an address."""
        return hashlib.sha256(self.key.encode()).digest()


def account(email: str) -> Subject:
    """All attempts on one account, known or not."""
    return Subject(f"account:{email}", FREE_FOR_ACCOUNT)


def address(ip: str) -> Subject:
    """All attempts from one address."""
    return Subject(f"address:{ip}", FREE_FOR_ADDRESS)


def reset_of(email: str) -> Subject:
    """All questions for a new password of one account, known or not: apart from sign-in, which leads here when it fails."""
    return Subject(f"reset:{email}", FREE_FOR_ACCOUNT)


def resets_from(ip: str) -> Subject:
    """All questions for a new password from one address."""
    return Subject(f"resets-from:{ip}", FREE_FOR_ADDRESS)


def checks_from(ip: str) -> Subject:
    """All files that one address had checked without an account."""
    return Subject(f"checks-from:{ip}", FREE_CHECKS)


def delay_after(failures: int, free: int) -> timedelta:
    """How long the next attempt waits after that many failures: nothing, then 5 s, 10 s, 20 s… up to a quarter hour."""
    if failures < free:
        return timedelta(0)
    return min(timedelta(seconds=5 * 2 ** min(failures - free, 20)), LONGEST)


async def count_attempt(tx: Transaction, subjects: tuple[Subject, ...], now: datetime) -> timedelta:
    """Count one attempt, unless it comes too early: returns how long to wait, or zero. Rows are locked until the end."""
    # One order for everybody, so that two attempts never wait for each other.
    ordered = sorted(subjects, key=lambda subject: subject.hash)
    rows = [await _locked(tx, subject, now) for subject in ordered]
    wait = max(row["blocked_until"] - now for row in rows)
    if wait > timedelta(0):
        return wait
    for subject, row in zip(ordered, rows, strict=True):
        failures = 1 if now - row["last_at"] > FORGOTTEN_AFTER else row["failures"] + 1
        await tx.execute(
            "UPDATE attempts SET failures = $2, last_at = $3, blocked_until = $4 WHERE subject_hash = $1",
            subject.hash,
            failures,
            now,
            now + delay_after(failures, subject.free),
        )
    return timedelta(0)


async def _locked(tx: Transaction, subject: Subject, now: datetime) -> Any:
    return await tx.fetchrow(
        """
        INSERT INTO attempts (subject_hash, failures, last_at, blocked_until) VALUES ($1, 0, $2, $2)
        ON CONFLICT (subject_hash) DO UPDATE SET last_at = attempts.last_at
        RETURNING failures, last_at, blocked_until
        """,
        subject.hash,
        now,
    )


async def forgive(tx: Transaction, subject: Subject) -> None:
    """The attempt was right: the account starts again from nothing."""
    await tx.execute("DELETE FROM attempts WHERE subject_hash = $1", subject.hash)


async def take_back(tx: Transaction, subject: Subject) -> None:
    """Uncount one attempt: one good account must not clear what its address does to others."""
    await tx.execute(
        "UPDATE attempts SET failures = greatest(failures - 1, 0), blocked_until = last_at WHERE subject_hash = $1",
        subject.hash,
    )


async def forget_old(tx: Transaction, now: datetime) -> None:
    """Drop what no longer counts."""
    await tx.execute("DELETE FROM attempts WHERE last_at < $1", now - FORGOTTEN_AFTER)
