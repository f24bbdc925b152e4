"""Wait until the server has dealt with everything that a NATS client has sent."""

from nats.aio.client import Client


async def settled(client: Client) -> None:
    """Return when subscriptions made before are in force and messages published before have arrived.

    One flush is not enough: the library writes its ping past what still waits in its buffer. The second ping follows it.
    """
    await client.flush()
    await client.flush()
