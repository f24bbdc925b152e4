"""One partnership in each interesting state, played by the sample's people through the API.

Every step may be repeated: ids are fixed, and what was done before answers with a conflict that changes nothing.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from deploy.sample.api import Voice
from deploy.sample.people import PASSWORD, SampleOrganization, SamplePerson, fixed_id

BLANK = "[à compléter]"

# On a loaded machine, services hear of one another's events later than usual.
PATIENCE_SECONDS = 60.0

# What the two sides write into the blanks of the model, by the clause's number, in the order of the blanks.
ANSWERS: dict[int, tuple[str, ...]] = {
    0: ("sa direction", "sa présidence", "sa présidence", "sa présidence"),
    2: ("un entretien, une formation de douze heures et une rencontre de soutien chaque mois.",),
    5: ("une affiche dans chaque service et un dépliant remis à l’accueil.",),
    7: ("un point de dix minutes avec le cadre du service avant et après chaque permanence.",),
    9: ("MAIF (contrat de la vie associative)", "Relyens (responsabilité civile)"),
}


@dataclass(frozen=True)
class Partnership:
    """Two people who make a convention together, and the words they use."""

    key: str
    title: str
    aim: str
    ours: SamplePerson
    theirs: SamplePerson
    starts_on: date
    ends_on: date

    @property
    def convention_id(self) -> UUID:
        """Its id."""
        return fixed_id(f"convention {self.key}")

    @property
    def path(self) -> str:
        """Its address in the API."""
        return f"/conventions/{self.convention_id}"


class Play:
    """Acts on one partnership, in the order that people would do them."""

    def __init__(self, partnership: Partnership, voices: dict[str, Voice]) -> None:
        self.partnership = partnership
        self.ours = voices[partnership.ours.key]
        self.theirs = voices[partnership.theirs.key]

    async def draft(self) -> None:
        """Begin the convention and name the référent of our side."""
        it = self.partnership
        await self.ours.do(
            "/conventions",
            convention_id=str(it.convention_id),
            title=it.title,
            aim=it.aim,
            parties=[_named(who.organization) for who in (it.ours, it.theirs)],
            starts_on=it.starts_on.isoformat(),
            ends_on=it.ends_on.isoformat(),
        )
        await self.ours.do(
            f"{it.path}/mandates",
            mandate_id=str(fixed_id(f"mandate ours {it.key}")),
            person_id=str(it.ours.person_id),
        )

    async def invite(self, given_name: str, family_name: str, email: str) -> UUID:
        """Invite somebody of the other side by e-mail."""
        it = self.partnership
        mandate_id = fixed_id(f"mandate {email} {it.key}")
        await self.ours.do(
            f"{it.path}/invitations",
            mandate_id=str(mandate_id),
            organization_id=str(it.theirs.organization.organization_id),
            given_name=given_name,
            family_name=family_name,
            email=email,
        )
        return mandate_id

    async def meet(self) -> None:
        """Draft, invite, accept: the negotiation is open."""
        who = self.partnership.theirs
        await self.draft()
        mandate_id = await self.invite(who.given_name, who.family_name, who.email)
        await self.theirs.do(f"/mandates/{mandate_id}/acceptance")
        # Until projects has heard of it, what is proposed is refused as it is once everything is signed.
        await self._leaves("draft")

    async def complete(self) -> None:
        """Write into the blanks of the model."""
        for clause in await self.clauses():
            if BLANK in clause["text"]:
                await self.propose(self.ours, clause, _completed(clause["number"], clause["text"]))

    async def agree(self) -> None:
        """Each side accepts what it has not accepted yet."""
        for voice in (self.theirs, self.ours):
            convention = await self.convention()
            clauses = [
                {"clause_id": it["clause_id"], "revision": it["revision"]} for it in convention["clauses"]
            ]
            await voice.do(
                f"{self.partnership.path}/acceptances",
                clauses=clauses,
                terms_revision=convention["terms"]["revision"],
            )

    async def seal(self, sign_before: date) -> None:
        """Freeze the text."""
        version = (await self.convention())["version"]
        await self.ours.do(
            f"{self.partnership.path}/seal", version=version, sign_before=sign_before.isoformat()
        )

    async def sign(self, voice: Voice, capacity: str) -> None:
        """Sign with the sample's password."""
        sealed_hash = (await self.convention())["sealed_hash"]
        await voice.do(
            f"{self.partnership.path}/signatures",
            sealed_hash=sealed_hash,
            capacity=capacity,
            password=PASSWORD,
        )

    async def propose(self, voice: Voice, clause: dict[str, Any], text: str) -> None:
        """Propose a text for a clause."""
        await voice.do(
            f"{self.partnership.path}/clauses/{clause['clause_id']}/proposals",
            revision=clause["revision"],
            text=text,
        )

    async def comment(self, voice: Voice, text: str, clause: dict[str, Any] | None = None) -> None:
        """Write to the other side."""
        await voice.do(
            f"{self.partnership.path}/comments",
            comment_id=str(fixed_id(f"comment {self.partnership.key} {text}")),
            clause_id=clause["clause_id"] if clause else None,
            text=text,
        )

    async def admit(self, role: str, organization: SampleOrganization, interest: str) -> None:
        """The other side proposes an organisation, and ours agrees."""
        path = f"{self.partnership.path}/admissions"
        admission_id = str(fixed_id(f"admission {role} {self.partnership.key}"))
        await self.theirs.do(
            path,
            admission_id=admission_id,
            role=role,
            organization=_named(organization),
            interest=interest,
        )
        await self.ours.do(f"{path}/{admission_id}/acceptance")

    async def stands(self, state: str) -> None:
        """Make sure that the convention stands there; some of it follows events of another service."""
        await self._until(lambda it: it == state, f"not {state}")

    async def _leaves(self, state: str) -> None:
        await self._until(lambda it: it != state, "still")

    async def _until(self, expected: Callable[[str], bool], otherwise: str) -> None:
        ends = time.monotonic() + PATIENCE_SECONDS
        while not expected(stands := (await self.convention())["state"]):
            if time.monotonic() > ends:
                raise RuntimeError(f"« {self.partnership.title} » is {stands}, {otherwise}")
            await asyncio.sleep(0.05)

    async def convention(self) -> dict[str, Any]:
        """As it stands."""
        return await self.ours.get(self.partnership.path)

    async def clauses(self) -> list[dict[str, Any]]:
        """Its clauses as they stand."""
        return (await self.convention())["clauses"]


def _named(organization: SampleOrganization) -> dict[str, str]:
    return {
        "organization_id": str(organization.organization_id),
        "side": organization.side,
        "name": organization.name,
        "seat": organization.seat,
    }


def _completed(number: int, text: str) -> str:
    for answer in ANSWERS.get(number, ()):
        text = text.replace(BLANK, answer, 1)
    return text.replace(BLANK, "selon l’usage des deux parties")


def in_days(days: int) -> date:
    """A day counted from today, so that the sample is never out of date."""
    return date.today() + timedelta(days=days)  # noqa: DTZ011 - the reader's own day
