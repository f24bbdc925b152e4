"""As what an organisation comes to a convention, in words; and the events that its page tells."""

from dataclasses import dataclass

from shared.contracts.projects.parties import Role


@dataclass(frozen=True, slots=True)
class RoleWords:
    """How a role is called, and what it means."""

    name: str
    means: str


ROLES: dict[Role, RoleWords] = {
    Role.PARTY: RoleWords("Partie", "Elle négocie, accepte et signe comme les autres."),
    Role.OBSERVER: RoleWords("Observateur", "Elle lit la salle commune, et rien d’autre."),
    Role.FUNDER: RoleWords("Financeur", "Elle lit la salle commune. Ce qu’elle finance est dit à tous."),
}

ABOUT_PARTIES = frozenset(
    f"entente.projects.convention.{fact}.v1"
    for fact in (
        "admission_proposed",
        "admission_accepted",
        "admission_ended",
        "party_joined",
        "party_taken_back",
        "observer_admitted",
        "observer_left",
    )
)
