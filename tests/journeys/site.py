"""The site as its links give it: every page that somebody can reach, and one of each kind."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx
from typing_extensions import override

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

# The directory has hundreds of entries, all alike; a partnership has a dozen articles.
_MOST_OF_A_KIND = 40


@dataclass
class Reached:
    """What a walk through the site found."""

    pages: dict[str, str] = field(default_factory=dict)
    """Address → HTML."""
    failures: list[str] = field(default_factory=list)
    """Links that lead nowhere."""

    def one_of_each_kind(self) -> list[str]:
        """An address per kind: a route with its query's names; without query, what its first section says too, because
        that is where a convention tells its state.
        """
        found: dict[tuple[str, str], str] = {}
        for address, html in self.pages.items():
            route = route_of(address)
            found.setdefault((route, "" if "?" in route else _first_section(html)), address)
        return list(found.values())


def walk(client: httpx.Client, start: str = "/") -> Reached:
    """Follow every link of every page, from one page on."""
    reached, waiting, seen = Reached(), [start], {start}
    times: Counter[str] = Counter()
    while waiting:
        address = waiting.pop(0)
        times[route_of(address)] += 1
        if times[route_of(address)] > _MOST_OF_A_KIND:
            continue
        answer = client.get(address)
        if answer.status_code == 303:
            links = iter([answer.headers["location"]])
        elif answer.status_code != 200:
            reached.failures.append(f"{address}: {answer.status_code}")
            continue
        elif not answer.headers["content-type"].startswith("text/html"):
            continue
        else:
            reached.pages[address] = answer.text
            links = _links(answer.text, address)
        for link in links:
            if link not in seen:
                seen.add(link)
                waiting.append(link)
    return reached


def route_of(address: str) -> str:
    """The address without what differs from one thing to the next."""
    parts = urlsplit(address)
    names = sorted(name for name, _ in parse_qsl(parts.query, keep_blank_values=True))
    return _ID.sub("{id}", parts.path) + ("?" + "&".join(names) if names else "")


def _links(html: str, address: str) -> Iterator[str]:
    parser = _Anchors()
    parser.feed(html)
    for href in parser.addresses:
        parts = urlsplit(urljoin(f"http://here{address}", href))
        if parts.netloc == "here":
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def _first_section(html: str) -> str:
    found = re.search(r"<h2[^>]*>(.*?)</h2>", html, re.DOTALL)
    return re.sub(r"\d+", "0", " ".join(found.group(1).split())) if found else ""


class _Anchors(HTMLParser):
    """Where the links of a page lead."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href")
        if tag == "a" and href and not href.startswith(("mailto:", "tel:")):
            self.addresses.append(href)
