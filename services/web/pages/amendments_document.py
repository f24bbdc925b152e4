"""What a document says of amendments: of the one that it prints, or of those that have changed the convention since."""

from services.web.documents.printing import Fact
from services.web.pages.amendments_view import Changed, ask_amended, ask_changed
from services.web.pages.convention_view import Shown
from services.web.visits import Visit
from services.web.wording.clauses import clause_name, listed
from services.web.wording.dates import NBSP, plain_date


async def amendment_facts(visit: Visit, shown: Shown) -> list[Fact]:
    """Lines of the table at the top; none for a convention that never changed."""
    view = shown.view
    amended = await ask_amended(visit, view.convention_id)
    if view.amends is None:
        if amended is None or amended.in_force is None:
            return []
        now = f"avenant n°{NBSP}{amended.in_force.number} (SHA-256 {amended.text_in_force})"
        return [
            Fact(
                "Changée depuis",
                f"Ce document est le texte signé à l’origine. Le texte en vigueur{NBSP}: {now}",
            )
        ]
    title = f" à la convention «{NBSP}{amended.title}{NBSP}»" if amended else ""
    day = view.amends.effective_on
    return [
        Fact("Avenant", f"n°{NBSP}{view.amends.number}{title}"),
        Fact("Texte changé", f"SHA-256 {view.amends.base_hash}"),
        Fact("Ce qui change", in_words(await ask_changed(visit, shown))),
        Fact(
            "En vigueur",
            f"À la dernière signature, au plus tôt le {plain_date(day)}"
            if day
            else "À la dernière signature",
        ),
    ]


def in_words(changed: Changed) -> str:
    """« l’article 4, les conditions et l’annexe 1 »"""
    if changed.nothing:
        return "Rien encore"
    things = [
        f"{clause_name(it.number)} (retiré)" if it.withdrawn else clause_name(it.number)
        for it in changed.clauses
    ]
    things += ["les conditions"] if changed.terms else []
    things += [f"l’annexe {number}" for number in sorted(changed.annexes)]
    return listed(things)
