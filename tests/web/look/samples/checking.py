"""The page that checks a document: before, and what it says of a good one, of a changed one, and of a hash."""

from __future__ import annotations

from types import SimpleNamespace as View

from services.web.documents.checking import Integrity
from services.web.wording.checking import HASH_KNOWN, VERDICTS, mark_of, standing_in_words
from shared.contracts.projects.queries import ConventionState
from shared.contracts.projects.seals import SealStanding
from tests.web.look.samples.notes import OUT
from tests.web.look.samples.people import HASH, at

STANDING = SealStanding(
    known=True,
    in_force=True,
    state=ConventionState.PARTLY_SIGNED,
    sealed_at=at("2026-11-17", "16:10"),
    parties=2,
    signatures=1,
    last_signed_at=at("2026-11-20", "09:04"),
)
EVIDENCE = View(
    title="Écoute en oncologie",
    sealed_at=at("2026-11-17", "16:10"),
    made_at=at("2026-11-20", "10:30"),
    signatures=[
        View(
            organization_name="Main tendue",
            side="association",
            person_name="Odile Marchand",
            capacity="présidente",
            signed_at=at("2026-11-20", "09:04"),
            means="password",
            signatory=None,
            signed_on=None,
        )
    ],
)


def verdict(of: tuple[str, str], **values: object) -> View:
    given = {"sealed_hash": None, "standing": None, "mark": "", "current": None, "evidence": None}
    return View(title=of[0], told=of[1], **{**given, **values})


WHOLE = verdict(
    VERDICTS[Integrity.INTACT],
    sealed_hash=HASH,
    standing=standing_in_words(STANDING),
    mark=mark_of(STANDING),
    current=STANDING,
    evidence=EVIDENCE,
)
BY_HASH = verdict(
    HASH_KNOWN, sealed_hash=HASH, standing=standing_in_words(STANDING), mark="horloge", current=STANDING
)

PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "verifier": ("verifier.html", {**OUT, "verdict": None}),
    "verifier-authentique": ("verifier.html", {**OUT, "verdict": WHOLE}),
    "verifier-modifie": ("verifier.html", {**OUT, "verdict": verdict(VERDICTS[Integrity.ALTERED])}),
    "verifier-empreinte": ("verifier.html", {**OUT, "verdict": BY_HASH, "valeurs": {"empreinte": HASH}}),
}
