"""Where requests come from, where redirections go, which passwords and how many guesses are accepted."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.web.accounts.passwords import Weakness, hash_password, matches, weakness_of
from services.web.accounts.throttle import FREE_FOR_ACCOUNT, LONGEST, delay_after
from services.web.api.throttle import Throttle
from services.web.pages.devices import device_in_words
from services.web.security import comes_from_elsewhere, headers_for, is_local_path, origin_of
from services.web.settings import WebSettings
from shared.contracts.identifiers import new_id
from shared.contracts.web.refusals import TooManyAttempts

OWN = frozenset({"https://entente.exemple.fr"})


@pytest.mark.parametrize(
    ("method", "headers", "refused"),
    [
        ("GET", {}, False),
        ("GET", {"sec-fetch-site": "cross-site"}, False),
        ("HEAD", {"origin": "https://ailleurs.fr"}, False),
        ("POST", {"sec-fetch-site": "same-origin"}, False),
        ("POST", {"sec-fetch-site": "none"}, False),
        ("POST", {"sec-fetch-site": "same-site"}, True),
        ("POST", {"sec-fetch-site": "cross-site"}, True),
        ("POST", {"sec-fetch-site": "cross-site", "origin": "https://entente.exemple.fr"}, True),
        ("POST", {"origin": "https://entente.exemple.fr"}, False),
        ("POST", {"origin": "https://ailleurs.fr"}, True),
        ("POST", {"origin": "null"}, True),
        ("POST", {}, True),
        ("DELETE", {}, True),
    ],
)
def test_only_our_own_pages_change_something(method: str, headers: dict[str, str], refused: bool) -> None:
    assert comes_from_elsewhere(method, headers, OWN) is refused


@pytest.mark.parametrize("target", ["/", "/conventions/1?vue=texte", "/invitation/abc"])
def test_a_path_of_ours_may_be_gone_to(target: str) -> None:
    assert is_local_path(target)


@pytest.mark.parametrize(
    "target", ["", "//ailleurs.fr", "/\\ailleurs.fr", "https://ailleurs.fr", "/\tx", "/a\n/b", "/a\\b"]
)
def test_a_redirection_never_leaves(target: str) -> None:
    assert not is_local_path(target)


def test_the_policy_is_loosened_on_the_api_page_only() -> None:
    assert "unsafe" not in headers_for("/", https=True)["content-security-policy"]
    assert "unsafe-inline" in headers_for("/api", https=False)["content-security-policy"]
    assert "strict-transport-security" in headers_for("/", https=True)
    assert "strict-transport-security" not in headers_for("/", https=False)
    assert origin_of("https://Entente.exemple.fr:8443/x?y") == "https://entente.exemple.fr:8443"


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("court", Weakness.TOO_SHORT),
        ("a" * 257, Weakness.TOO_LONG),
        ("claire.vasseur@exemple.fr", Weakness.IS_EMAIL),
        ("Claire.Vasseur2026!", Weakness.IS_EMAIL),
        ("motdepasse2026", Weakness.TOO_COMMON),
        ("P@ssw0rd123456", Weakness.TOO_COMMON),
        ("aaaaaaaaaaaa", Weakness.TOO_COMMON),
        ("123456789012", Weakness.TOO_COMMON),
        ("azertyuiopqsdf", Weakness.TOO_COMMON),
        ("trois petits moutons bleus", None),
    ],
)
def test_a_password_is_long_and_not_the_first_that_anybody_tries(
    password: str, weakness: Weakness | None
) -> None:
    assert weakness_of(password, "claire.vasseur@exemple.fr") is weakness


async def test_a_hash_knows_its_password_and_nobody_has_one() -> None:
    stored = await hash_password("trois petits moutons bleus")
    assert stored.startswith("$argon2id$")
    assert await matches("trois petits moutons bleus", stored)
    assert not await matches("trois petits moutons verts", stored)
    assert not await matches("nobody signs in with this", None)
    assert not await matches("x" * 10_000, stored)


@given(failures=st.integers(0, 10_000))
def test_each_failure_waits_at_least_as_long_as_the_one_before(failures: int) -> None:
    waits = [delay_after(it, FREE_FOR_ACCOUNT) for it in (failures, failures + 1)]
    assert waits[0] <= waits[1] <= LONGEST
    assert (waits[0] == timedelta(0)) is (failures < FREE_FOR_ACCOUNT)


def test_a_token_in_a_loop_is_told_to_wait_and_another_one_is_not() -> None:
    throttle, busy, quiet = Throttle(5), new_id(), new_id()
    with pytest.raises(TooManyAttempts):
        for _ in range(100):
            throttle.take(busy)
    throttle.take(quiet)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox sur Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604.1",
            "Safari sur iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537 Chrome/140 Safari/537 Edg/140", "Edge sur Linux"),
        ("", "Navigateur"),
    ],
)
def test_a_device_is_named_so_that_its_owner_recognises_it(agent: str, words: str) -> None:
    assert device_in_words(agent) == words


@pytest.mark.parametrize(
    ("url", "https"), [(None, False), ("http://localhost:8000", False), ("https://entente.fr", True)]
)
def test_cookies_insist_on_tls_where_people_come_over_it(url: str | None, https: bool) -> None:
    settings = WebSettings(postgres_url="postgresql://x", nats_url="nats://x", public_url=url)
    assert settings.is_https is https
