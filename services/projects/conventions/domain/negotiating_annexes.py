"""How sides agree on annexes: like on clauses, with a file instead of a text.

Each function checks who may act, changes the convention and returns what happened.
"""

from dataclasses import replace
from datetime import datetime

from services.projects.conventions.domain import rights
from services.projects.conventions.domain.annex import MOST_ANNEXES, Annex
from services.projects.conventions.domain.convention import Convention
from services.projects.conventions.domain.rights import Speaker
from shared.contracts.files import GivenFile
from shared.contracts.identifiers import AnnexId
from shared.contracts.messages import Event
from shared.contracts.projects.events import AnnexAccepted, AnnexProposed, VoidReason
from shared.contracts.projects.queries import Act
from shared.contracts.projects.refusals import (
    AnnexEmpty,
    AnnexNotFound,
    AnnexUnchanged,
    IdentifierTaken,
    TooManyAnnexes,
)


def announce_annex(
    convention: Convention, annex_id: AnnexId, title: str, by: Speaker, now: datetime
) -> list[Event]:
    """Say that there will be an annex; its file comes next. Asking twice does it once.

    Raises:
        IdentifierTaken: another annex of this convention has the id.
        TooManyAnnexes: there are as many as a convention takes.
    """
    rights.check(Act.PROPOSE, convention.situation, by)
    if known := convention.annexes.get(annex_id):
        if (known.title, known.proposed_by_person) == (title, by.person_id):
            return []
        raise IdentifierTaken
    if len(convention.annexes) >= MOST_ANNEXES:
        raise TooManyAnnexes(at_most=MOST_ANNEXES)
    return _put(
        convention,
        Annex(
            id=annex_id,
            number=1 + max((it.number for it in convention.annexes.values()), default=0),
            title=title,
            file=None,
            withdrawn=False,
            revision=1,
            accepted_by=frozenset({by.organization_id}),
            proposed_by=by.organization_id,
            proposed_by_person=by.person_id,
            proposed_at=now,
        ),
        by,
    )


def give_file(
    convention: Convention, annex_id: AnnexId, revision: int, file: GivenFile, by: Speaker, now: datetime
) -> list[Event]:
    """Give an annex its file, or another one. Asking twice for the same change does it once.

    Raises:
        AnnexChanged: somebody has changed it since.
        AnnexUnchanged: it has these very bytes.
    """
    rights.check(Act.PROPOSE, convention.situation, by)
    annex = _annex(convention, annex_id)
    same = annex.file is not None and annex.file.sha256 == file.sha256 and not annex.withdrawn
    if same and annex.revision == revision + 1 and annex.proposed_by_person == by.person_id:
        return []
    annex.check_revision(revision)
    if same:
        raise AnnexUnchanged
    changed = annex.changed(file=file, withdrawn=False, by=by.organization_id, person=by.person_id, now=now)
    return _put(convention, changed, by)


def withdraw_annex(
    convention: Convention, annex_id: AnnexId, revision: int, by: Speaker, now: datetime
) -> list[Event]:
    """Take an annex out of the text. It is gone at once if no other side has ever taken it up, else once all accept that.

    Raises:
        AnnexChanged: somebody has changed it since.
    """
    rights.check(Act.PROPOSE, convention.situation, by)
    annex = _annex(convention, annex_id)
    if annex.withdrawn and annex.revision == revision + 1 and annex.proposed_by_person == by.person_id:
        return []
    annex.check_revision(revision)
    if annex.withdrawn:
        raise AnnexUnchanged
    changed = annex.changed(
        file=annex.file, withdrawn=True, by=by.organization_id, person=by.person_id, now=now
    )
    if not changed.taken_up:
        changed = replace(changed, accepted_by=convention.party_ids, agreed_at=now)
    return _put(convention, changed, by)


def accept_annex(
    convention: Convention, annex_id: AnnexId, revision: int, by: Speaker, now: datetime
) -> list[Event]:
    """Accept an annex, or that it goes, as it was seen.

    Raises:
        AnnexEmpty: there is no file to accept yet.
        AnnexChanged: somebody has changed it since.
    """
    rights.check(Act.ACCEPT, convention.situation, by)
    annex = _annex(convention, annex_id)
    annex.check_revision(revision)
    if by.organization_id in annex.accepted_by:
        return []
    if not annex.awaits_acceptance:
        raise AnnexEmpty
    accepted = annex.accepted(by=by.organization_id, parties=convention.party_ids, now=now)
    convention.annexes[annex_id] = accepted
    return [
        AnnexAccepted(
            convention_id=convention.id,
            annex_id=annex_id,
            revision=accepted.revision,
            organization_id=by.organization_id,
            agreed=accepted.agreed_at is not None,
        )
    ]


def _put(convention: Convention, annex: Annex, by: Speaker) -> list[Event]:
    """A change of the annexes is one of the text: it leaves the seal, and no signature counts."""
    events = convention.void(VoidReason.EDIT, by.organization_id)
    convention.annexes[annex.id] = annex
    proposed = AnnexProposed(
        convention_id=convention.id,
        annex_id=annex.id,
        revision=annex.revision,
        organization_id=by.organization_id,
        withdrawn=annex.withdrawn,
        gone=annex.gone,
    )
    return [*events, proposed]


def _annex(convention: Convention, annex_id: AnnexId) -> Annex:
    annex = convention.annexes.get(annex_id)
    if annex is None or annex.gone:
        raise AnnexNotFound
    return annex
