"""What stands against sealing → a sentence, and the page where it is settled."""

from dataclasses import dataclass

from services.web.wording.clauses import clause_name
from shared.contracts.projects.queries import SealProblem


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing to settle."""

    text: str
    url: str
    label: str


_TEXTS = {
    "clause_not_agreed": "{clause} n’est pas accepté par toutes les parties.",
    "clause_incomplete": "{clause} contient encore un passage à compléter.",
    "terms_not_agreed": "Les conditions ne sont pas acceptées par toutes les parties.",
    "annex_empty": "L’annexe {annex} n’a pas encore de fichier.",
    "annex_not_agreed": "L’annexe {annex} n’est pas acceptée par toutes les parties.",
    "means_of_no_party": "Un moyen est promis par une organisation qui n’est plus partie.",
    "party_silent": "{party} n’a encore rien accepté. Tant que c’est le cas, son invitation peut être retirée.",
    "referent_missing": "{party} n’a pas encore de référent qui a accepté.",
    "signatory_missing": "{party} n’a personne qui peut signer. Son administrateur donne ce pouvoir.",
    "ends_before_start": "La date de fin précède la date de début.",
    "nothing_changed": "Cet avenant ne change encore rien. Modifiez un article, les conditions ou une annexe.",
    "ended": "La convention serait déjà terminée : sa date de fin est passée, ou précède le jour de l’avenant.",
}
REASONS = frozenset(_TEXTS)
_OWN_ORGANIZATION = "/mon-organisation"
_TERMS = ("/conditions", "Ouvrir les conditions")
_SETTLED_AT = {
    "terms_not_agreed": _TERMS,
    "ends_before_start": _TERMS,
    "ended": _TERMS,
    "means_of_no_party": _TERMS,
    "party_silent": ("/parties", "Voir les parties"),
    "referent_missing": ("/referents", "Voir les référents"),
    "signatory_missing": (_OWN_ORGANIZATION, "Voir mon organisation"),
}


def obstacle(
    problem: SealProblem, url: str, clause_number: int | None, party: str, annex_number: int | None = None
) -> Obstacle:
    """How to tell one problem. `url` is the convention's page."""
    named = "un article" if clause_number is None else clause_name(clause_number)
    clause = named[0].upper() + named[1:]
    text = _TEXTS.get(problem.reason, "Un point n’est pas réglé.").format(
        clause=clause, party=party, annex=annex_number or ""
    )
    if problem.annex_id:
        return Obstacle(
            text, f"{url}/annexes/{problem.annex_id}", f"Ouvrir l’annexe {annex_number or ''}".strip()
        )
    if problem.clause_id:
        return Obstacle(text, f"{url}/articles/{problem.clause_id}", f"Ouvrir {named}")
    page, label = _SETTLED_AT.get(problem.reason, ("", "Revoir la convention"))
    return Obstacle(text, page if page == _OWN_ORGANIZATION else f"{url}{page}", label)
