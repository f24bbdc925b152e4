"""What an organisation may do with its templates, and what their texts have to hold."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.projects.templates.domain import MOST_CHARACTERS, Keeper, Template, copy, make
from shared.contracts.identifiers import OrganizationId, PersonId, TemplateId, new_id
from shared.contracts.messages import Event
from shared.contracts.projects.own_templates import (
    RequiredArticlesMissing,
    SharedWithNobody,
    Sharing,
    SharingReserved,
    TemplateAct,
    TemplateArchived,
    TemplateArticle,
    TemplateChanged,
    TemplateInArchive,
    TemplateMade,
    TemplateMoved,
    TemplateOfAnother,
    TemplateRestored,
    TemplateShared,
    TemplateTooLong,
    TemplateUnchanged,
    UsualTerms,
)
from shared.contracts.projects.refusals import RenewalUnclear
from shared.contracts.projects.terms import Renewal
from shared.contracts.refusals import Refusal
from tests.projects.domain.templates.texts import FREE, LAW, legal, text

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOSPITAL, ASSOCIATION = OrganizationId(new_id()), OrganizationId(new_id())
KARIM = Keeper(PersonId(new_id()), HOSPITAL, speaks_for_it=False)
HUGO = Keeper(PersonId(new_id()), HOSPITAL, speaks_for_it=True)
ODILE = Keeper(PersonId(new_id()), ASSOCIATION, speaks_for_it=True)


def made() -> Template:
    template, events = make(TemplateId(new_id()), text(), FREE, KARIM, NOW)
    return applied(template, events)


def applied(template: Template, events: list[Event]) -> Template:
    """What saving does to the version."""
    template.version += len(events)
    return template


def test_whoever_belongs_to_the_organisation_makes_and_changes_its_templates() -> None:
    template, (event,) = make(TemplateId(new_id()), text(), FREE, KARIM, NOW)
    assert event == TemplateMade(template_id=template.id, organization_id=HOSPITAL)
    assert (template.revision, template.sharing) == (1, Sharing.PRIVATE)
    other = text(title="Autre titre")
    (changed,) = template.change(1, other, FREE, HUGO, NOW)
    assert changed == TemplateChanged(template_id=template.id, organization_id=HOSPITAL, revision=2)
    assert (template.text, template.changed_by) == (other, HUGO.person_id)


def test_the_same_change_asked_twice_is_done_once() -> None:
    template = made()
    other = text(title="Autre titre")
    applied(template, template.change(1, other, FREE, KARIM, NOW))
    assert template.change(1, other, FREE, KARIM, NOW) == []
    with pytest.raises(TemplateUnchanged):
        template.change(2, other, FREE, KARIM, NOW)
    with pytest.raises(TemplateMoved) as caught:
        template.change(1, text(title="Troisième"), FREE, HUGO, NOW)
    assert caught.value.fields == {"revision": 2}


def test_what_the_regime_requires_is_always_there() -> None:
    make(TemplateId(new_id()), legal(), LAW, KARIM, NOW)
    whole = legal()
    without = legal(articles=whole.articles[1:])
    with pytest.raises(RequiredArticlesMissing) as caught:
        make(TemplateId(new_id()), without, LAW, KARIM, NOW)
    assert caught.value.fields == {"titles": ["Préparation du personnel"]}
    adapted = (TemplateArticle(title="Préparation du personnel", text="Autrement dit."), *whole.articles[1:])
    make(TemplateId(new_id()), legal(articles=adapted), LAW, KARIM, NOW)


def test_a_text_that_does_not_hold_is_refused() -> None:
    long = tuple(TemplateArticle(title="Objet", text="a" * 20_000) for _ in range(11))
    with pytest.raises(TemplateTooLong) as caught:
        make(TemplateId(new_id()), text(articles=long), FREE, KARIM, NOW)
    assert caught.value.fields == {"most": MOST_CHARACTERS}
    with pytest.raises(RenewalUnclear):
        make(TemplateId(new_id()), text(terms=UsualTerms(renewal=Renewal.TACIT)), FREE, KARIM, NOW)


def test_only_whoever_speaks_for_the_organisation_shares() -> None:
    template = made()
    with pytest.raises(SharingReserved):
        template.share(1, Sharing.EVERYONE, (), KARIM)
    (event,) = template.share(1, Sharing.NAMED, [ASSOCIATION, HOSPITAL], HUGO)
    assert isinstance(event, TemplateShared)
    assert event.shared_with == event.added == (ASSOCIATION,)
    assert template.share(1, Sharing.NAMED, [ASSOCIATION], HUGO) == []
    with pytest.raises(SharedWithNobody):
        template.share(1, Sharing.NAMED, [HOSPITAL], HUGO)
    (back,) = template.share(1, Sharing.PRIVATE, [ASSOCIATION], HUGO)
    assert isinstance(back, TemplateShared)
    assert (template.shared_with, back.added) == (frozenset(), ())


def test_only_those_that_were_not_named_before_are_new_readers() -> None:
    template, another = made(), OrganizationId(new_id())

    def shared(sharing: Sharing, *named: OrganizationId) -> TemplateShared:
        (event,) = template.share(1, sharing, named, HUGO)
        applied(template, [event])
        assert isinstance(event, TemplateShared)
        return event

    assert shared(Sharing.NAMED, ASSOCIATION).added == (ASSOCIATION,)
    assert shared(Sharing.NAMED, ASSOCIATION, another).added == (another,)
    assert shared(Sharing.NAMED, another).added == ()
    assert shared(Sharing.EVERYONE).added == (), "it is found by those who look for one"
    assert shared(Sharing.NAMED, another).added == (another,)


def test_what_others_read_is_changed_by_whoever_could_share_it() -> None:
    template = made()
    applied(template, template.share(1, Sharing.EVERYONE, (), HUGO))
    with pytest.raises(SharingReserved):
        template.change(1, text(title="Autre titre"), FREE, KARIM, NOW)
    assert TemplateAct.CHANGE not in template.acts_of(KARIM)
    assert applied(template, template.change(1, text(title="Autre titre"), FREE, HUGO, NOW))
    applied(template, template.share(2, Sharing.PRIVATE, (), HUGO))
    assert template.change(2, text(title="Encore un"), FREE, KARIM, NOW)


def test_a_text_that_moved_is_read_again_before_it_is_shared() -> None:
    template = made()
    applied(template, template.change(1, text(title="Autre titre"), FREE, KARIM, NOW))
    with pytest.raises(TemplateMoved):
        template.share(1, Sharing.EVERYONE, (), HUGO)


@pytest.mark.parametrize(
    "act",
    [
        lambda it: it.change(1, text(title="Le leur"), FREE, ODILE, NOW),
        lambda it: it.share(1, Sharing.EVERYONE, (), ODILE),
        lambda it: it.archive(ODILE, NOW),
        lambda it: it.restore(ODILE),
    ],
)
def test_another_organisation_changes_nothing(act: Callable[[Template], object]) -> None:
    template = made()
    before = replace(template)
    with pytest.raises(TemplateOfAnother):
        act(template)
    assert template == before


def test_a_template_that_is_put_aside_comes_back_as_it_was() -> None:
    template = made()
    applied(template, template.share(1, Sharing.EVERYONE, (), HUGO))
    (archived,) = template.archive(KARIM, NOW)
    assert isinstance(archived, TemplateArchived)
    assert template.archive(KARIM, NOW) == []
    for act in (TemplateAct.CHANGE, TemplateAct.DRAFT, TemplateAct.COPY):
        with pytest.raises(TemplateInArchive):
            template.check(act, KARIM)
    assert template.acts_of(KARIM) == (TemplateAct.RESTORE,)
    (restored,) = template.restore(KARIM)
    assert isinstance(restored, TemplateRestored)
    assert template.restore(KARIM) == []
    assert template.sharing is Sharing.EVERYONE


def test_a_copy_is_ones_own_and_remembers_where_it_comes_from() -> None:
    original = made()
    with pytest.raises(TemplateMoved):
        copy(TemplateId(new_id()), original, 2, FREE, ODILE, NOW)
    mine, (event,) = copy(TemplateId(new_id()), original, 1, FREE, ODILE, NOW)
    assert (mine.organization_id, mine.text, mine.sharing) == (ASSOCIATION, original.text, Sharing.PRIVATE)
    assert mine.source is not None
    assert (mine.source.template_id, mine.source.organization_id) == (original.id, HOSPITAL)
    assert isinstance(event, TemplateMade)
    assert (event.source_id, event.source_revision) == (original.id, 1)


def test_what_may_be_done_is_what_is_not_refused() -> None:
    template = made()
    for by in (KARIM, HUGO, ODILE):
        for act in TemplateAct:
            try:
                template.check(act, by)
            except Refusal:
                assert act not in template.acts_of(by)
            else:
                assert act in template.acts_of(by)
