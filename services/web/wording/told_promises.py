"""How a timeline tells of promises and mediations."""

from services.web.wording.telling import Telling

_OBLIGATION = "{obligation}"

PROMISES_TOLD: dict[str, Telling] = {
    "entente.projects.promises.dated.v1": Telling("sont fixées pour", nobody=True),
    "entente.projects.promises.obligation_due.v1": Telling("arrive à échéance :", _OBLIGATION, nobody=True),
    "entente.projects.promises.obligation_missed.v1": Telling(
        "a passé son échéance :", _OBLIGATION, nobody=True
    ),
    "entente.projects.promises.obligation_postponed.v1": Telling(
        "est reporté après une suspension :", _OBLIGATION, nobody=True
    ),
    "entente.projects.promises.obligation_kept.v1": Telling(
        "a dit tenu l’engagement", _OBLIGATION, about_me="avez dit tenu l’engagement"
    ),
    "entente.projects.promises.obligation_contested.v1": Telling(
        "a dit non tenu l’engagement", _OBLIGATION, about_me="avez dit non tenu l’engagement"
    ),
    "entente.projects.promises.obligations_released.v1": Telling("ne sont plus dus pour", nobody=True),
    "entente.projects.mediation.asked.v1": Telling(
        "a demandé une médiation pour", about_me="avez demandé une médiation pour"
    ),
    "entente.projects.mediation.proposed.v1": Telling(
        "a fait une proposition en médiation pour", about_me="avez fait une proposition en médiation pour"
    ),
    "entente.projects.mediation.accepted.v1": Telling(
        "a donné son accord en médiation pour", about_me="avez donné votre accord en médiation pour"
    ),
    "entente.projects.mediation.planned.v1": Telling(
        "a noté la date de la médiation pour", about_me="avez noté la date de la médiation pour"
    ),
    "entente.projects.mediation.ended.v1": Telling("a pris fin pour", nobody=True),
}
