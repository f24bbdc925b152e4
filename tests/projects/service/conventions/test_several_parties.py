"""Three parties: each accepts and signs by itself, and has a private room of its own."""

from shared.contracts.identifiers import MessageId, new_id
from shared.contracts.projects.queries import AwaitedKind, ConventionState, GetHome
from shared.contracts.projects.rooms import ListMessages, ListRooms, PostMessage, RoomKind
from tests.projects.service.conventions.trio import negotiate_as_three, seal_as_three
from tests.projects.service.world import World


async def test_each_of_three_signs_and_the_last_one_makes_it_active(world: World) -> None:
    sealed_hash = await seal_as_three(world)
    await world.sign(world.hugo, sealed_hash)
    waiting = (await world.ask(GetHome(), world.claire)).awaited_from_others
    assert {(it.kind, it.other_party) for it in waiting} == {
        (AwaitedKind.SIGN, world.association),
        (AwaitedKind.SIGN, world.outsider),
    }
    await world.sign(world.yann, sealed_hash)
    assert (await world.get()).state is ConventionState.PARTLY_SIGNED
    await world.sign(world.odile, sealed_hash)
    convention = await world.get(world.yann)
    assert convention.state is ConventionState.ACTIVE
    assert all(it.signature for it in convention.parties)


async def test_two_organisations_of_one_side_each_have_their_own_private_room(world: World) -> None:
    await negotiate_as_three(world)
    message = PostMessage(
        convention_id=world.convention,
        room=RoomKind.PRIVATE,
        message_id=MessageId(new_id()),
        text="Entre nous.",
    )
    await world.ask(message, world.odile)
    listed = ListMessages(convention_id=world.convention, room=RoomKind.PRIVATE)
    assert len((await world.ask(listed, world.odile)).messages) == 1
    assert (await world.ask(listed, world.yann)).messages == ()
    shared, own = (await world.ask(ListRooms(convention_id=world.convention), world.yann)).rooms
    assert len(shared.readers) == 3
    assert own.readers == (world.outsider,)
