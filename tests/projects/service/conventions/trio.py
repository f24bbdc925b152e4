"""A convention of three parties: the world's hospital and association, and the outsider as a second association."""

from shared.contracts.projects.commands import PartyToConvene
from shared.contracts.projects.queries import ConventionState, ConventionView
from shared.contracts.values import Side
from tests.projects.service.world import BLANK, World
from tests.support.eventually import eventually


async def negotiate_as_three(world: World) -> ConventionView:
    """Drafted by Claire, with a référent on each side: Claire, Odile and Yann."""
    draft = world.to_draft()
    second = PartyToConvene(organization_id=world.outsider, side=Side.ASSOCIATION, name="Souffle")
    await world.ask(draft.model_copy(update={"parties": (*draft.parties, second)}), world.claire)
    for member in (world.claire, world.odile, world.yann):
        await world.appoint(member)

    async def opened() -> ConventionView | None:
        convention = await world.get()
        return convention if convention.state is ConventionState.NEGOTIATING else None

    convention = await eventually(opened)
    assert convention is not None
    return convention


async def seal_as_three(world: World) -> str:
    """Agreed by all three, and sealed; returns the hash."""
    for clause in (await negotiate_as_three(world)).clauses:
        if BLANK in clause.text:
            await world.propose(clause, clause.text.replace(BLANK, "ce qui suit"), world.claire)
    await world.accept_all(world.odile)
    await world.accept_all(world.yann)
    return await world.seal_again((await world.get()).version)


async def activate_as_three(world: World) -> ConventionView:
    """Signed by all three."""
    sealed_hash = await seal_as_three(world)
    for member in (world.hugo, world.odile, world.yann):
        await world.sign(member, sealed_hash)
    return await world.get()
