"""Why an organisation does not come to a convention."""

from services.web.wording.refused import Words

PARTIES: dict[str, Words] = {
    "admission_not_found": Words(
        "Organisation qui n’est plus proposée",
        "Cette proposition n’existe plus, ou l’organisation n’observe plus.",
    ),
    "observing_reserved": Words(
        "Réservé à qui parle pour l’organisation",
        "Un administrateur ou un signataire de votre organisation dit qu’elle n’observe plus.",
    ),
    "already_in_convention": Words(
        "Organisation déjà présente", "Cette organisation prend déjà part, observe déjà ou est déjà proposée."
    ),
    "on_no_side": Words(
        "Ni établissement ni association",
        "Seuls un établissement ou une association peuvent être parties. Choisissez qu’elle observe.",
    ),
    "interest_not_declared": Words(
        "Intérêt à déclarer", "Dites ce que cette organisation finance et ce qu’elle en attend."
    ),
    "party_took_part": Words(
        "Partie déjà engagée",
        "Cette partie a déjà accepté ou proposé quelque chose. Son invitation ne se retire plus.",
    ),
    "too_many_organizations": Words(
        "Trop d’organisations",
        lambda fields: f"Une convention en compte au plus {fields.get('most', 10)} à ce titre.",
    ),
}
