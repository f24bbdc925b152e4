"""The order of tests, which of them are heavy, and the fixtures that every folder may use."""

import os
import random
import signal

import pytest
from hypothesis import HealthCheck, settings

_SEED = "ENTENTE_TEST_ORDER"

LIGHT = "not heavy"
"""What `make test-fast` selects: tests that start no server, no browser and no program."""

_HEAVY_FIXTURES = {"postgres", "nats_process"}
_HEAVY_FOLDERS = {
    "deploy",
    "journeys",
    "benchmarks",
    "chaos",
    "look",
    "service",
    "kit",
    "backbone",
    "recovery",
}

# A first look at each property; the whole search belongs to `make test`. How long an example takes to draw or to run says
# here how busy the machine is.
settings.register_profile(
    "fast",
    max_examples=15,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def pytest_configure(config: pytest.Config) -> None:
    """Choose the order of tests once, for every test process (they inherit the environment)."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # A shell starts its background jobs deaf to Ctrl-C; what we start would inherit that.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.setdefault(_SEED, str(random.randrange(100_000)))  # an order, not a secret
    if config.getoption("markexpr") != LIGHT:
        # Importing what starts and asks servers takes as long as a third of the tests that need none.
        config.pluginmanager.import_plugin("tests.support.fixtures")


def pytest_report_header() -> str:
    return f"order of tests: {_SEED}={os.environ[_SEED]}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs more than Python, and choose the order."""
    for item in items:
        folders = set(item.path.relative_to(item.config.rootpath).parts)
        if folders & _HEAVY_FOLDERS or _HEAVY_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("heavy")
    _shuffle(items)


def _shuffle(items: list[pytest.Item]) -> None:
    """Run modules, and the tests inside each, in random order: a test that needs another one is found out."""
    order = random.Random(int(os.environ[_SEED]))  # an order, not a secret
    modules = sorted({item.nodeid.partition("::")[0] for item in items})
    order.shuffle(modules)
    place = {module: number for number, module in enumerate(modules)}
    order.shuffle(items)
    items.sort(key=lambda item: place[item.nodeid.partition("::")[0]])
