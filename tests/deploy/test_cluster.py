"""A NATS cluster of three: one node may die under traffic, and nothing is lost."""

import asyncio
import contextlib
import os
import signal
from pathlib import Path

import pytest

from deploy.credentials import Credentials
from deploy.embedded.nats_cluster import EmbeddedNatsCluster
from deploy.errors import StartFailure
from deploy.http_get import get
from deploy.provision import require_users
from deploy.streams import connect, provision_streams
from deploy.topology import STREAMS
from tests.deploy.acting import applied_by, operating
from tests.support.eventually import eventually
from tests.support.system import RunningSystem, up


async def leader_of(system: RunningSystem, stream: str) -> str:
    """The node that leads a stream; empty while they elect one."""
    client = await connect(operator_url(system.data), name="tests")
    try:
        info = await client.jsm().stream_info(stream)
        return (info.cluster and info.cluster.leader) or ""
    finally:
        await client.close()


def operator_url(data: Path) -> str:
    return Credentials(data).addresses("operator")["ENTENTE_NATS_URL"]


async def test_a_cluster_of_yours_is_provisioned_with_three_copies(data: Path) -> None:
    cluster = EmbeddedNatsCluster(data)
    try:
        for node in cluster.nodes:
            node.start()
        await eventually(lambda: all(node.is_healthy() for node in cluster.nodes), deadline=30)
        # Every service enters by every address, and nothing changes the second time.
        await asyncio.to_thread(require_users, data, cluster.operator_url)
        for _ in range(2):
            await provision_streams(cluster.operator_url, nodes=3)
        client = await connect(cluster.operator_url, name="tests")
        config = (await client.jetstream().stream_info("CONTACTS")).config
        await client.close()
        assert config.num_replicas == 3
        # While a node is away, the other addresses let in.
        cluster.nodes[0].stop()
        await (await connect(cluster.operator_url, name="tests")).close()
    finally:
        for node in cluster.nodes:
            node.stop()


async def lets_in(url: str) -> bool:
    """Whether a node listens: a node of a cluster starts beside the others, and is not waited for."""
    try:
        await (await connect(url, name="tests")).close()
    except StartFailure:
        return False
    return True


async def test_provisioning_waits_for_a_cluster_that_starts_again(data: Path) -> None:
    cluster = EmbeddedNatsCluster(data)
    try:
        for node in cluster.nodes:
            node.start()
        # Nobody has elected a leader yet, neither the first time nor the second.
        await provision_streams(cluster.operator_url, nodes=3)
        for node in cluster.nodes:
            node.stop()
        first, *others = cluster.nodes
        first.start()
        await eventually(lambda: lets_in(first.operator_url), deadline=30)
        with pytest.raises(
            StartFailure, match=r"not ready for the stream CONTACTS in time: .*two nodes of three"
        ):
            await provision_streams(first.operator_url, nodes=3, within_seconds=0.5)
        waiting = asyncio.create_task(provision_streams(first.operator_url, nodes=3))
        for node in others:
            node.start()
        await waiting
    finally:
        for node in cluster.nodes:
            node.stop()


async def test_a_node_that_dies_under_traffic_loses_nothing(data: Path) -> None:
    with up(data / "home", ENTENTE_NATS_NODES="3", ENTENTE_SAMPLE="no") as system:
        client = await connect(operator_url(system.data), name="tests")
        for stream in STREAMS:
            config = (await client.jsm().stream_info(stream.name)).config
            assert config.num_replicas == 3
        await client.close()

        async with operating(system.data) as operator:
            traffic = asyncio.create_task(operator.keep_acting())
            await eventually(lambda: len(operator.acknowledged) > 50)
            node = (await leader_of(system, "CONTACTS")).removeprefix("entente-")
            before = int((system.data / node / "nats.pid").read_text())
            os.kill(before, signal.SIGKILL)
            known = len(operator.acknowledged)
            await eventually(lambda: len(operator.acknowledged) > known + 100, deadline=30)
            traffic.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await traffic
            for reader in ("projects", "notifications"):
                await eventually(
                    lambda: (
                        applied_by(system.data, reader, operator.acknowledged)  # noqa: B023
                        == len(operator.acknowledged)
                    )
                )
        assert get(f"{system.address}/connexion")[0] == 200
        assert f"{node} runs again" in system.said()
