"""The fragments that a live page receives, in the form that htmx's `hx-partial` expects."""

from markupsafe import Markup

from services.web.wording.dates import pluriel

_COUNTER = Markup('<hx-partial hx-target="#non-lus">{}</hx-partial>')
_NEWS = Markup('<hx-partial hx-target="#direct">{}. <a href="{}">Actualiser</a></hx-partial>')


def unread_counter(unread: int) -> Markup:
    """The number in the page's head; nothing when all is read."""
    if not unread:
        return _COUNTER.format("")
    words = pluriel(unread, "message non lu", "messages non lus", nombre=False)
    return _COUNTER.format(Markup('{}<span class="lu"> {}</span>').format(unread, words))


def news_line(count: int, url: str) -> Markup:
    """« 2 nouveautés. Actualiser »"""
    return _NEWS.format(pluriel(count, "nouveauté", "nouveautés"), url)
