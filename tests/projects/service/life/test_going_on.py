"""An amendment on the running service goes on without a party that leaves its convention."""

from datetime import timedelta

from services.projects.life.calendar import let_happen
from shared.contracts.identifiers import TerminationId, new_id
from shared.contracts.projects.life import TerminateConvention
from shared.contracts.projects.queries import ConventionState, GetHome, GetTimeline
from shared.contracts.projects.seals import FindSeal
from shared.kit.database import connected
from tests.projects.service.collaboration import Collaboration
from tests.projects.service.conventions.amending import NEW_TEXT, Amending, to_amend
from tests.projects.service.conventions.trio import activate_as_three
from tests.projects.service.life.test_leaving import DAY, to_leave
from tests.projects.service.world import numbered
from tests.support.servers import FreshDatabase


async def amending_as_three(together: Collaboration) -> Amending:
    """An amendment that Claire began and Odile accepts, in a convention that Yann's party is about to leave."""
    await activate_as_three(together)
    await together.ask(to_leave(together), together.yann)
    command = to_amend(together)
    await together.ask(command, together.claire)
    amending = Amending(together, command.amendment_id)
    await amending.reword()
    await amending.accept(together.odile)
    return amending


async def pass_day(database: FreshDatabase) -> int:
    async with connected(database.url) as db:
        return await let_happen(db, DAY)


async def test_it_awaits_no_acceptance_of_who_is_gone(
    together: Collaboration, projects: FreshDatabase
) -> None:
    amending = await amending_as_three(together)
    assert await pass_day(projects) == 1
    view = await amending.get()
    assert numbered(view, 1).agreed
    assert {it.organization_id: it.left_on for it in view.parties}[together.outsider] == DAY
    home = await together.ask(GetHome(), together.claire)
    assert all(it.other_party != together.outsider for it in home.awaited_from_others)
    sealed_hash = await amending.seal()
    await amending.sign(sealed_hash, together.hugo, together.odile)
    assert (await amending.get()).state is ConventionState.IN_FORCE
    standing = await together.ask(FindSeal(sealed_hash=sealed_hash), together.claire)
    assert (standing.signatures, standing.parties) == (2, 2)


async def test_once_the_others_have_signed_it_enters_into_force_on_the_day(
    together: Collaboration, projects: FreshDatabase
) -> None:
    amending = await amending_as_three(together)
    await amending.accept(together.yann)
    await amending.sign(await amending.seal(), together.hugo, together.odile)
    assert (await amending.get()).state is ConventionState.PARTLY_SIGNED
    await pass_day(projects)
    assert (await amending.get()).state is ConventionState.IN_FORCE
    assert numbered(await together.get(), 1).text == NEW_TEXT
    told = (await together.ask(GetTimeline(convention_id=together.convention), together.claire)).entries
    kinds = [it.type.split(".")[3] for it in told]
    assert kinds.count("party_left") == 2
    assert "amendment_signed" in kinds
    assert await pass_day(projects) == 0


async def test_after_a_stop_it_changes_nothing_of_a_convention_that_has_ended(
    together: Collaboration, projects: FreshDatabase
) -> None:
    amending = await amending_as_three(together)
    await amending.accept(together.yann)
    await amending.sign(await amending.seal(), together.hugo, together.odile)
    morrow = DAY + timedelta(days=1)
    notice = TerminateConvention(
        convention_id=together.convention,
        termination_id=TerminationId(new_id()),
        effective_on=morrow,
        reason="Fin.",
    )
    await together.ask(notice, together.odile)
    async with connected(projects.url) as db:
        await let_happen(db, morrow)
    convention = await together.get()
    assert convention.state is ConventionState.TERMINATED
    assert numbered(convention, 1).text != NEW_TEXT
    assert (await amending.get()).state is ConventionState.ABANDONED
