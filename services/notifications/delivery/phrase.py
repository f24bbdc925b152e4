"""What the words of a notice are made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """Jinja2 templates; `{who}` is whoever acted, `{own}` the reader's organisation."""

    subject: str
    sentence: str
    act: str
    path: str
    folded_subject: str | None = None
    """When several were folded into one e-mail; `count` says how many."""
    folded_sentence: str | None = None
    folded_act: str | None = None
    """Where one thing is shown on another page than several are."""
