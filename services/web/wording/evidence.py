"""The evidence of a signature → words."""

from services.web.wording.dates import plain_date
from shared.contracts.projects.party_views import SignatureView

_MEANS = {
    "password": "Identité confirmée par mot de passe",
    "second_factor": "Identité confirmée par un second facteur",
}


def signatory_of(given: SignatureView, person: str) -> str:
    """Who signed: the person herself, or whoever she attests to have signed on paper."""
    return given.signatory or person


def means_in_words(given: SignatureView, person: str) -> str:
    """How it is known. `person` is the name of who acted here."""
    confirmed = _MEANS.get(given.means, "")
    if given.signed_on is None:
        return confirmed
    return f"Sur papier le {plain_date(given.signed_on)}, scan attesté par {person}. {confirmed}"
