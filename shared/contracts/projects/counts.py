"""What pages count: less than the lists that it is counted from."""

from shared.contracts.messages import Query, View


class AwaitingCount(View):
    """How many."""

    awaiting: int


class CountAwaiting(Query[AwaitingCount]):
    """How many conventions await an act of the actor: the counter of the menu."""
