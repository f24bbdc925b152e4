"""A partnership of a test's own, brought where the test begins: nobody depends on what another test left."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from shared.kit.clock import today_in_paris
from tests.journeys.conftest import Entente, Person
from tests.journeys.rest import Api, api
from tests.support.eventually import eventually_sync

BLANK = "[à compléter]"


def in_days(days: int) -> str:
    """A day counted from today."""
    return (today_in_paris() + timedelta(days=days)).isoformat()


@dataclass(frozen=True)
class Partnership:
    """One convention between the organisations of two people of the sample, acting through the API."""

    title: str
    convention_id: str
    ours: Api
    theirs: Api

    @property
    def page(self) -> str:
        """Where people read it."""
        return f"/conventions/{self.convention_id}"

    # The API gives it the same address, under its prefix.
    path = page

    @property
    def version(self) -> int:
        """Where it stands."""
        return int(self.convention()["version"])

    def convention(self) -> dict[str, Any]:
        """As our side reads it."""
        return self.ours.get(self.path)

    def clauses(self) -> list[dict[str, Any]]:
        """Its clauses as they stand."""
        return self.convention()["clauses"]

    def propose(self, voice: Api, clause: dict[str, Any], text: str) -> None:
        """Propose a text for a clause."""
        path = f"{self.path}/clauses/{clause['clause_id']}/proposals"
        voice.do(path, revision=clause["revision"], text=text)

    def agree(self) -> None:
        """Fill the blanks of the model, and accept everything on both sides."""
        for clause in self.clauses():
            if BLANK in clause["text"]:
                self.propose(self.ours, clause, clause["text"].replace(BLANK, "selon l’usage"))
        for voice in (self.theirs, self.ours):
            it = self.convention()
            read = [{"clause_id": one["clause_id"], "revision": one["revision"]} for one in it["clauses"]]
            voice.do(f"{self.path}/acceptances", clauses=read, terms_revision=it["terms"]["revision"])

    def seal(self, *, sign_before: str) -> None:
        """Freeze the text."""
        self.ours.do(f"{self.path}/seal", version=self.version, sign_before=sign_before)

    def sign(self, voice: Api, password: str) -> None:
        """Sign for one side."""
        sealed_hash = self.convention()["sealed_hash"]
        voice.do(
            f"{self.path}/signatures", sealed_hash=sealed_hash, capacity="par délégation", password=password
        )


@contextmanager
def negotiating(
    entente: Entente, ours: Person, theirs: Person, *, starts_in: int = -10
) -> Generator[Partnership]:
    """A convention whose two référents have accepted: its negotiation is open."""
    with api(entente, ours) as us, api(entente, theirs) as them:
        me, you = us.get("/me"), them.get("/me")
        parties = [_party(us, me), _party(us, you)]
        title = f"Accueil des proches {uuid4().hex[:6]}"
        made = us.do(
            "/conventions",
            title=title,
            aim="Des bénévoles accueillent les proches.",
            parties=parties,
            starts_on=in_days(starts_in),
            ends_on=in_days(700),
        )
        it = Partnership(title, made["convention_id"], us, them)
        us.do(f"{it.path}/mandates", person_id=me["person_id"])
        invitation = us.do(
            f"{it.path}/invitations",
            organization_id=parties[1]["organization_id"],
            given_name=you["given_name"],
            family_name=you["family_name"],
            email=theirs.email,
        )
        them.do(f"/mandates/{invitation['mandate_id']}/acceptance")
        eventually_sync(lambda: it.convention()["state"] == "negotiating")
        yield it


@contextmanager
def in_force(entente: Entente, ours: Person, theirs: Person) -> Generator[Partnership]:
    """A convention that both sides have signed."""
    with negotiating(entente, ours, theirs) as it:
        it.agree()
        it.seal(sign_before=in_days(10))
        it.sign(it.theirs, theirs.password)
        it.sign(it.ours, ours.password)
        yield it


def _party(voice: Api, person: dict[str, Any]) -> dict[str, Any]:
    organization_id = person["affiliations"][0]["organization_id"]
    known = voice.get(f"/organizations/{organization_id}")
    return {"organization_id": organization_id, "side": known["side"], "name": known["name"]}
