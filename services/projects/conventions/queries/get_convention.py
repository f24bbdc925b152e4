"""One convention, whole, for one reader: the page that people open most, so one statement fetches all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from services.projects.authority.public import (
    Member,
    member_or_invited,
    organizations_with_signatory,
    who_answers_for,
)
from services.projects.conventions.domain import rights
from services.projects.conventions.domain.rights import Situation
from services.projects.conventions.queries.amendments import AMENDMENT_OPEN, UNCHANGED, amends_of
from services.projects.conventions.queries.annex_history import ANNEXES, annexes_of
from services.projects.conventions.queries.withdrawing import MAY_WITHDRAW
from services.projects.conventions.storage import speaker_of
from shared.contracts.actor import Actor
from shared.contracts.identifiers import OrganizationId
from shared.contracts.projects.comparisons import WithdrawnClause
from shared.contracts.projects.paper import ScanView
from shared.contracts.projects.party_views import PartyView, SignatureView
from shared.contracts.projects.queries import (
    Act,
    ClauseView,
    CommentView,
    ConventionState,
    ConventionView,
    GetConvention,
    RefusalView,
)
from shared.contracts.projects.refusals import ConventionNotFound
from shared.contracts.projects.terms import TermsView
from shared.contracts.values import Side
from shared.kit.database import Transaction

_GET = f"""
SELECT convention.*, seal.sealed_hash, seal.sign_before, seal.sign_order, seal.sealed_at,
       (
           SELECT jsonb_build_object('file', to_jsonb(latest), 'organization_id', latest.organization_id,
                                     'person_id', latest.person_id, 'given_at', latest.given_at)::text
           FROM (
               SELECT * FROM paper_scans AS scan
               WHERE scan.convention_id = convention.convention_id
                 AND scan.sealed_at_version = convention.sealed_at_version
               ORDER BY scan.given_at DESC
               LIMIT 1
           ) AS latest
       ) AS scan,
       mark.version AS read_version, mark.read_at,
       (
           SELECT jsonb_agg(jsonb_build_object(
               'organization_id', party.organization_id,
               'side', party.side,
               'left_on', party.left_on,
               'signature', CASE WHEN signature.organization_id IS NOT NULL THEN to_jsonb(signature) END
           ) ORDER BY party.side DESC, party.name)::text
           FROM convention_parties AS party
           LEFT JOIN convention_signatures AS signature
             ON signature.convention_id = party.convention_id
            AND signature.organization_id = party.organization_id
            AND signature.sealed_at_version = convention.sealed_at_version
           WHERE party.convention_id = convention.convention_id
       ) AS parties,
       (
           SELECT jsonb_agg(jsonb_build_object(
               'clause_id', clause.clause_id,
               'number', clause.number,
               'title', clause.title,
               'text', current.text,
               'revision', clause.revision,
               'required', clause.required,
               'reason', clause.reason,
               'accepted_by', clause.accepted_by,
               'agreed', clause.agreed_at IS NOT NULL,
               'agreed_at', clause.agreed_at,
               'proposed_by', current.organization_id,
               'proposed_by_person', current.person_id,
               'proposed_at', current.proposed_at,
               'text_before', CASE WHEN read.revision < clause.revision THEN read.text END,
               'revision_before', CASE WHEN read.revision < clause.revision THEN read.revision END,
               'is_new', mark.version IS NOT NULL AND read.revision IS NULL,
               'changed_by', CASE WHEN mark.version IS NOT NULL THEN ARRAY(
                   SELECT DISTINCT known.organization_id FROM clause_revisions AS known
                   WHERE known.clause_id = clause.clause_id AND known.revision > coalesce(read.revision, 0)
               ) ELSE ARRAY[]::uuid[] END,
               'comments', coalesce(remarks.comments, 0),
               'withdrawn', current.withdrawn,
               'may_withdraw', {MAY_WITHDRAW}
           ) ORDER BY clause.number)::text
           FROM clauses AS clause
           JOIN clause_revisions AS current USING (clause_id, revision)
           -- What she read last: as of the version she read, or what she wrote herself since.
           LEFT JOIN LATERAL (
               SELECT known.revision, known.text FROM clause_revisions AS known
               WHERE known.clause_id = clause.clause_id
                 AND (known.convention_version <= mark.version OR known.person_id = mark.person_id)
               ORDER BY known.revision DESC
               LIMIT 1
           ) AS read ON true
           LEFT JOIN (
               SELECT comment.clause_id, count(*) AS comments FROM clause_comments AS comment
               WHERE comment.convention_id = $1 AND comment.clause_id IS NOT NULL
               GROUP BY comment.clause_id
           ) AS remarks ON remarks.clause_id = clause.clause_id
           WHERE clause.convention_id = convention.convention_id AND clause.withdrawn_at IS NULL
       ) AS clauses,
       jsonb_build_object(
           'terms', to_jsonb(terms),
           'revision', terms.revision,
           'accepted_by', convention.terms_accepted_by,
           'agreed', convention.terms_agreed_at IS NOT NULL,
           'agreed_at', convention.terms_agreed_at,
           'proposed_by', terms.organization_id,
           'proposed_by_person', terms.person_id,
           'proposed_at', terms.proposed_at,
           'before', (
               SELECT to_jsonb(known) FROM (
                   SELECT past.* FROM convention_terms AS past
                   WHERE past.convention_id = convention.convention_id
                     AND (past.convention_version <= mark.version OR past.person_id = mark.person_id)
                   ORDER BY past.revision DESC
                   LIMIT 1
               ) AS known
               WHERE known.revision < terms.revision
           )
       )::text AS terms_on_table,
       ({ANNEXES}) AS annexes,
       (
           -- What she has read, and another side took out since.
           SELECT coalesce(jsonb_agg(to_jsonb(gone) ORDER BY gone.number), '[]')::text
           FROM (
               SELECT clause_id, number, title, withdrawn_at, withdrawn_by FROM clauses AS clause
               WHERE clause.convention_id = convention.convention_id
                 AND clause.withdrawn_at_version > mark.version AND clause.withdrawn_by IS DISTINCT FROM $2
                 AND EXISTS (
                     SELECT FROM clause_revisions AS known
                     WHERE known.clause_id = clause.clause_id AND known.convention_version <= mark.version
                 )
           ) AS gone
       ) AS withdrawn,
       (
           SELECT coalesce(jsonb_agg(to_jsonb(latest) ORDER BY latest.convention_version), '[]')::text
           FROM (
               SELECT comment_id, clause_id, organization_id, person_id, text, written_at, convention_version
               FROM (
                   SELECT comment.*, sum(octet_length(to_json(text)::text)) OVER (ORDER BY convention_version DESC) AS bytes
                   FROM (
                       SELECT * FROM clause_comments AS known
                       WHERE known.convention_id = convention.convention_id
                       ORDER BY convention_version DESC
                       LIMIT 200
                   ) AS comment
               ) AS comment
               WHERE bytes <= 150000
           ) AS latest
       ) AS comments,
       (
           -- The refusal of the last seal, if that is what opened the text again.
           SELECT to_jsonb(refusal)::text
           FROM (
               SELECT max(sealed_at_version) AS sealed_at_version FROM convention_seals AS last
               WHERE last.convention_id = convention.convention_id AND convention.sealed_at_version IS NULL
           ) AS last
           JOIN signature_refusals AS refusal
             ON refusal.convention_id = convention.convention_id AND refusal.sealed_at_version = last.sealed_at_version
       ) AS last_refusal,
       {UNCHANGED} AS unchanged,
       {AMENDMENT_OPEN} AS amendment_open
FROM conventions AS convention
JOIN convention_terms AS terms
  ON terms.convention_id = convention.convention_id AND terms.revision = convention.terms_revision
LEFT JOIN convention_seals AS seal
  ON seal.convention_id = convention.convention_id AND seal.sealed_at_version = convention.sealed_at_version
LEFT JOIN reading_marks AS mark ON mark.convention_id = convention.convention_id AND mark.person_id = $3
WHERE convention.convention_id = $1
  AND EXISTS (
      SELECT FROM convention_access AS access
      WHERE access.convention_id = convention.convention_id
        AND (access.organization_id = $2 OR access.person_id = $3)
  )
"""


@dataclass(frozen=True, slots=True)
class _Party:
    organization_id: OrganizationId
    side: Side
    signature: SignatureView | None
    left_on: date | None


_PARTIES = TypeAdapter(tuple[_Party, ...])
_CLAUSES = TypeAdapter(tuple[ClauseView, ...])
_WITHDRAWN = TypeAdapter(tuple[WithdrawnClause, ...])
_COMMENTS = TypeAdapter(tuple[CommentView, ...])


async def get_convention(query: GetConvention, actor: Actor, tx: Transaction) -> ConventionView:
    """A convention as the actor may read it, with what changed since she last did.

    Raises:
        ConventionNotFound: it does not exist, or not for her.
    """
    member = await member_or_invited(tx, actor, query.convention_id)
    row = await tx.fetchrow(_GET, query.convention_id, actor.organization_id, actor.person_id)
    if row is None:
        raise ConventionNotFound
    clauses = _CLAUSES.validate_json(row["clauses"])
    terms = TermsView.model_validate_json(row["terms_on_table"])
    annexes = annexes_of(row["annexes"])
    parties = _PARTIES.validate_json(row["parties"])
    answering = await who_answers_for(tx, row["amends"] or query.convention_id)
    with_signatory = await organizations_with_signatory(tx, [it.organization_id for it in parties])
    party_views = tuple(
        PartyView(
            organization_id=party.organization_id,
            side=party.side,
            signature=party.signature,
            has_referent=party.organization_id in answering.sides,
            has_signatory=party.organization_id in with_signatory,
            left_on=party.left_on,
            vacant=party.organization_id in answering.vacant and party.left_on is None,
        )
        for party in parties
    )
    acceptances = [
        terms.accepted_by,
        *(it.accepted_by for it in clauses),
        *(it.accepted_by for it in annexes if it.file or it.withdrawn),
    ]
    return ConventionView(
        convention_id=query.convention_id,
        version=row["version"],
        title=row["title"],
        aim=row["aim"],
        template=row["template"],
        regime=row["regime"],
        state=ConventionState(row["state"]),
        drafted_by=row["drafted_by"],
        drafted_at=row["drafted_at"],
        negotiating_since=row["negotiating_since"],
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        sign_before=row["sign_before"],
        sign_order=tuple(row["sign_order"] or ()),
        scan=ScanView.model_validate_json(row["scan"]) if row["scan"] else None,
        sealed_hash=row["sealed_hash"],
        sealed_at=row["sealed_at"],
        activated_at=row["activated_at"],
        amends=amends_of(row),
        parties=party_views,
        terms=terms,
        clauses=clauses,
        annexes=annexes,
        withdrawn=_WITHDRAWN.validate_json(row["withdrawn"]),
        comments=_COMMENTS.validate_json(row["comments"]),
        last_refusal=RefusalView.model_validate_json(row["last_refusal"]) if row["last_refusal"] else None,
        read_version=row["read_version"],
        read_at=row["read_at"],
        may=_acts(row, [it for it in party_views if it.left_on is None], acceptances, member)
        if member
        else (),
    )


def _acts(
    row: Any, parties: Sequence[PartyView], acceptances: list[tuple[OrganizationId, ...]], member: Member
) -> tuple[Act, ...]:
    situation = Situation(
        state=ConventionState(row["state"]),
        drafted_by=row["drafted_by"],
        drafted_by_person=row["drafted_by_person"],
        parties=frozenset(party.organization_id for party in parties),
        signed_by={it.organization_id: it.signature.person_id for it in parties if it.signature},
        sign_order=tuple(row["sign_order"] or ()),
        still_to_accept=rights.still_to_accept((party.organization_id for party in parties), acceptances),
        amendment=row["amends"] is not None,
        unchanged=row["unchanged"],
        amendment_open=row["amendment_open"],
    )
    with_referent = frozenset(
        party.organization_id for party in parties if party.has_referent and not party.vacant
    )
    return rights.acts_of(situation, speaker_of(member, row["amends"] or row["convention_id"]), with_referent)
