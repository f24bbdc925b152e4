"""A NATS cluster of three local processes: any one of them may end, and JetStream goes on with the other two."""

from pathlib import Path

from deploy.credentials import Credentials
from deploy.embedded.nats import EmbeddedNats, Membership
from deploy.topology import OPERATOR

NODES = 3


class EmbeddedNatsCluster:
    """Three servers that keep the same streams. Start all of them; they are healthy only together."""

    def __init__(self, data: Path, *, sync: str = "1s") -> None:
        secret = Credentials(data).passwords("nats-cluster", ("node",))["node"]
        membership = Membership(secret, others=lambda: self.nodes)
        self.nodes = [
            EmbeddedNats(data, sync=sync, name=f"nats-{number}", membership=membership)
            for number in range(1, NODES + 1)
        ]

    def url(self, user: str) -> str:
        """Write the addresses of one user, by commas."""
        return ",".join(node.url(user) for node in self.nodes)

    @property
    def operator_url(self) -> str:
        """The addresses of the user that provisions."""
        return self.url(OPERATOR)
