"""The sealed form: the same words give the same text, any other word another one."""

import hashlib
import json
import unicodedata
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.projects.conventions.domain.annex import Annex
from services.projects.conventions.domain.canonical import Agreement, canonical_form, seal_of
from services.projects.conventions.domain.clause import Clause
from services.projects.conventions.domain.party import Party
from shared.contracts.files import GivenFile, MediaType
from shared.contracts.identifiers import AnnexId, ClauseId, ConventionId, OrganizationId, PersonId, new_id
from shared.contracts.projects.terms import PromisedMeans, Renewal, Terms
from shared.contracts.values import Side
from tests.projects.domain.conventions.drafts import NOW, agreed

# Anything that a form lets through: no control character but tab and line feed, no lone surrogate.
TEXTS = st.text(
    st.one_of(
        st.sampled_from('aé\u0301\n\t"\\/{}[],:\u2028\ufb2c😀'),
        st.characters(exclude_categories=("Cc", "Cs")),
    ),
    max_size=12,
)
DATES = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def clause(number: int, title: str, text: str) -> Clause:
    organization_id = OrganizationId(new_id())
    return Clause(
        id=ClauseId(new_id()),
        number=number,
        title=title,
        required=False,
        reason="",
        text=text,
        revision=1,
        accepted_by=frozenset({organization_id}),
        proposed_by=organization_id,
        proposed_by_person=PersonId(new_id()),
        proposed_at=NOW,
    )


def annex(number: int, title: str, sha256: str) -> Annex:
    organization_id = OrganizationId(new_id())
    return Annex(
        id=AnnexId(new_id()),
        number=number,
        title=title,
        file=GivenFile(sha256=sha256, size=1200, media_type=MediaType.PDF, name="planning.pdf"),
        withdrawn=False,
        revision=2,
        accepted_by=frozenset({organization_id}),
        proposed_by=organization_id,
        proposed_by_person=PersonId(new_id()),
        proposed_at=NOW,
    )


PARTIES = st.lists(
    st.builds(
        Party,
        organization_id=st.uuids().map(OrganizationId),
        side=st.sampled_from(Side),
        name=TEXTS,
        seat=TEXTS,
    ),
    min_size=2,
    max_size=2,
    unique_by=lambda it: it.organization_id,
)
CLAUSES = st.lists(st.tuples(st.integers(0, 20), TEXTS, TEXTS), max_size=3, unique_by=lambda it: it[0]).map(
    lambda rows: [clause(*row) for row in rows]
)
TERMS = st.builds(
    Terms,
    starts_on=DATES,
    ends_on=DATES,
    renewal=st.sampled_from(Renewal),
    renewal_months=st.none() | st.integers(1, 120),
    notice_months=st.integers(0, 24),
    meetings_per_year=st.integers(0, 52),
    reviews_per_year=st.integers(0, 12),
    means=st.lists(
        st.builds(
            PromisedMeans.model_construct,
            text=TEXTS,
            by=st.none() | st.uuids().map(OrganizationId),
            due_on=st.none() | DATES,
        ),
        max_size=2,
    ).map(tuple),
)
ANNEXES = st.lists(
    st.tuples(st.integers(1, 20), TEXTS, st.text("0123456789abcdef", min_size=64, max_size=64)),
    max_size=2,
    unique_by=lambda it: it[0],
).map(lambda rows: [annex(*row) for row in rows])
AGREEMENTS = st.builds(
    Agreement,
    convention_id=st.uuids().map(ConventionId),
    title=TEXTS,
    aim=TEXTS,
    regime=TEXTS,
    terms=TERMS,
    parties=PARTIES,
    clauses=CLAUSES,
    annexes=ANNEXES,
)


# One term, changed to what it was not.
CHANGES_OF_TERMS = st.sampled_from(
    [
        lambda it: it.model_copy(update={"starts_on": it.starts_on + timedelta(days=1)}),
        lambda it: it.model_copy(update={"ends_on": it.ends_on + timedelta(days=1)}),
        lambda it: it.model_copy(
            update={"renewal": Renewal.EXPRESS if it.renewal is not Renewal.EXPRESS else Renewal.NEVER}
        ),
        lambda it: it.model_copy(update={"renewal_months": (it.renewal_months or 0) + 1}),
        lambda it: it.model_copy(update={"notice_months": it.notice_months + 1}),
        lambda it: it.model_copy(update={"meetings_per_year": it.meetings_per_year + 1}),
        lambda it: it.model_copy(update={"reviews_per_year": it.reviews_per_year + 1}),
        lambda it: it.model_copy(update={"means": (*it.means, PromisedMeans(text="Une salle"))}),
    ]
)


def said(agreement: Agreement) -> Any:
    """What the agreement says, apart from how its characters are encoded."""

    def nfc(text: str) -> str:
        return unicodedata.normalize("NFC", text)

    return (
        agreement.convention_id,
        nfc(agreement.title),
        nfc(agreement.aim),
        nfc(agreement.regime),
        agreement.terms.model_dump(exclude={"means"}).items(),
        [(nfc(it.text), it.by, it.due_on) for it in agreement.terms.means],
        {(it.organization_id, it.side, nfc(it.name), nfc(it.seat)) for it in agreement.parties},
        {(it.number, nfc(it.title), nfc(it.text)) for it in agreement.clauses},
        {(it.number, nfc(it.title), it.file and it.file.sha256) for it in agreement.annexes},
    )


@given(AGREEMENTS, AGREEMENTS)
def test_two_agreements_share_a_form_only_if_they_say_the_same(one: Agreement, other: Agreement) -> None:
    assert (canonical_form(one) == canonical_form(other)) == (said(one) == said(other))


@given(AGREEMENTS, TEXTS, st.data())
def test_changing_any_one_field_changes_the_form(
    agreement: Agreement, text: str, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(["title", "aim", "regime", "terms", "parties", "clauses", "annexes"]))
    changed: Any
    match name:
        case "terms":
            changed = data.draw(CHANGES_OF_TERMS)(agreement.terms)
        case "parties":
            first, *rest = agreement.parties
            part = data.draw(st.sampled_from(["name", "seat"]))
            changed = [replace(first, **{part: text}), *rest]
        case "clauses":
            changed = [*agreement.clauses, clause(21, text, "")]
        case "annexes":
            changed = [*agreement.annexes, annex(21, text, "ef" * 32)]
        case _:
            changed = text
    other = replace(agreement, **{name: changed})
    assert (canonical_form(agreement) == canonical_form(other)) == (said(agreement) == said(other))


@given(AGREEMENTS)
def test_neither_order_nor_encoding_nor_line_ends_matter(agreement: Agreement) -> None:
    parties, clauses = list(agreement.parties), list(agreement.clauses)
    other = replace(
        agreement,
        title=unicodedata.normalize("NFD", agreement.title),
        aim=agreement.aim.replace("\n", "\r\n"),
        parties=parties[::-1],
        clauses=[replace(it, text=unicodedata.normalize("NFD", it.text)) for it in reversed(clauses)],
    )
    assert canonical_form(agreement) == canonical_form(other)


@given(AGREEMENTS)
def test_the_form_is_json_as_rfc_8785_writes_it(agreement: Agreement) -> None:
    form = canonical_form(agreement)
    content = json.loads(form)
    assert json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")) == form
    assert content["form"] == "entente-convention/3"
    assert "\\u" not in form.replace("\\\\", "")


def test_the_form_of_one_agreement_never_changes() -> None:
    """What was sealed stays verifiable: this form was written by hand from its description."""
    agreement = Agreement(
        convention_id=ConventionId(UUID("01890a5d-ac96-774b-bcce-b302099a8057")),
        title="Bénévoles « à l'hôpital »",
        aim="Aider.\nÉcouter.",
        regime="Article L1112-5",
        terms=Terms(
            starts_on=date(2026, 5, 1),
            ends_on=date(2027, 4, 30),
            renewal=Renewal.TACIT,
            renewal_months=12,
            notice_months=2,
            meetings_per_year=4,
            reviews_per_year=1,
            means=(
                PromisedMeans(text="Une salle", by=OrganizationId(UUID(int=1)), due_on=date(2026, 6, 1)),
                PromisedMeans(text="Un accueil"),
            ),
        ),
        parties=[
            Party(OrganizationId(UUID(int=2)), Side.ASSOCIATION, 'Dite "Main"', "Lyon"),
            Party(OrganizationId(UUID(int=1)), Side.ESTABLISHMENT, "CH", ""),
        ],
        clauses=[clause(1, "Un", "Texte\t1."), clause(0, "Parties", "Entre\\et")],
        annexes=[annex(1, "Planning", "ab" * 32)],
    )
    expected = (
        '{"aim":"Aider.\\nÉcouter.","annexes":[{"file":"'
        + "ab" * 32
        + '","number":1,"size":1200,"title":"Planning","type":"application/pdf"}],"clauses":[{"number":0,"text":"Entre\\\\et","title":"Parties"},'
        '{"number":1,"text":"Texte\\t1.","title":"Un"}],"convention":"01890a5d-ac96-774b-bcce-b302099a8057",'
        '"form":"entente-convention/3","parties":[{"name":"CH","organization":"00000000-0000-0000-0000-000000000001",'
        '"seat":"","side":"establishment"},{"name":"Dite \\"Main\\"","organization":'
        '"00000000-0000-0000-0000-000000000002","seat":"Lyon","side":"association"}],"regime":"Article L1112-5",'
        '"terms":{"ends_on":"2027-04-30","means":[{"by":"00000000-0000-0000-0000-000000000001",'
        '"due_on":"2026-06-01","text":"Une salle"},{"by":null,"due_on":null,"text":"Un accueil"}],'
        '"meetings_per_year":4,"notice_months":2,"renewal":"tacit","renewal_months":12,"reviews_per_year":1,'
        '"starts_on":"2026-05-01"},"title":"Bénévoles « à l\'hôpital »"}'
    )
    assert canonical_form(agreement) == expected
    assert seal_of(expected) == hashlib.sha256(expected.encode()).hexdigest()


def test_the_seal_covers_the_text_of_the_convention() -> None:
    agreement = agreed().agreement
    form = json.loads(canonical_form(agreement))
    assert [it["number"] for it in form["clauses"]] == list(range(12))
    assert [it["text"] for it in form["clauses"]] == [
        it.text for it in sorted(agreement.clauses, key=lambda it: it.number)
    ]
