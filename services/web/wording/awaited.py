"""What awaits somebody, and what comes: an act or a date → its sentence, its address, its button."""

from dataclasses import dataclass
from datetime import date

from services.web.wording.dates import NBSP, pluriel
from services.web.wording.mediation import mediation_url
from services.web.wording.promises import promises_url
from services.web.wording.rooms import task_url
from services.web.wording.titles import quoted
from shared.contracts.projects.queries import Awaited, AwaitedKind, Dated, DatedKind


@dataclass(frozen=True, slots=True)
class ActWords:
    """How an awaited act is told. `{t}` is the title, `{n}` the count with its word, `{who}` the other party."""

    title: str
    why: str
    path: str
    action: str
    minutes: int | None
    waiting: str
    """The same when it is the other party's to do: « Main tendue … »"""


ACTS: dict[AwaitedKind, ActWords] = {
    AwaitedKind.SIGN: ActWords(
        "Signer la convention {t}",
        "Le texte est scellé. Il est partagé avec {who}.",
        "/conventions/{convention}/signer",
        "Relire et signer",
        5,
        "doit signer {t}",
    ),
    AwaitedKind.ACCEPT_CLAUSES: ActWords(
        "Répondre sur {n} de {t}",
        "{who} attend votre accord ou votre proposition.",
        "/conventions/{convention}",
        "Lire et répondre",
        None,
        "doit répondre sur {n} de {t}",
    ),
    AwaitedKind.SEAL: ActWords(
        "Sceller le texte de {t}",
        "Tous les articles sont acceptés, par vous et par {who}.",
        "/conventions/{convention}/sceller",
        "Vérifier et sceller",
        3,
        "peut sceller le texte de {t}",
    ),
    AwaitedKind.INVITE: ActWords(
        "Nommer ou inviter les référents de {t}",
        "La négociation s’ouvre quand chaque partie, {who} comprise, a un référent.",
        "/conventions/{convention}/referents",
        "Nommer et inviter",
        2,
        "doit nommer ses référents pour {t}",
    ),
    AwaitedKind.ANSWER_ADMISSION: ActWords(
        "Dire oui ou non à {n} de plus pour {t}",
        "{who} le propose. Il faut l’accord de chaque partie.",
        "/conventions/{convention}/parties",
        "Lire et répondre",
        2,
        "doit dire oui ou non à {n} de plus pour {t}",
    ),
    AwaitedKind.DECIDE_RENEWAL: ActWords(
        "Dire si la convention {t} continue",
        "Elle arrive à son terme. Elle continue si chaque partie, {who} aussi, le dit.",
        "/conventions/{convention}/vie/reconduire",
        "Lire et répondre",
        3,
        "doit dire si la convention {t} continue",
    ),
    AwaitedKind.DO_LAST_DUTIES: ActWords(
        "Clore la convention {t}",
        "Elle a pris fin. Votre organisation a encore {n} à faire.",
        "/conventions/{convention}/vie#clore",
        "Voir ce qu’il reste à faire",
        None,
        "doit clore la convention {t} de son côté",
    ),
    AwaitedKind.KEEP_OBLIGATION: ActWords(
        "Dire où en est l’engagement {t}",
        "Votre convention avec {who} le promet. Dites s’il est tenu.",
        "{obligation}",
        "Ouvrir l’engagement",
        1,
        "doit tenir l’engagement {t}",
    ),
    AwaitedKind.ANSWER_MEDIATION: ActWords(
        "Répondre sur la médiation pour {t}",
        "{who} attend la réponse de votre organisation.",
        "/conventions/{convention}/mediation",
        "Lire et répondre",
        5,
        "doit répondre sur la médiation pour {t}",
    ),
    AwaitedKind.NAME_LEAD: ActWords(
        "Nommer votre responsable du projet {t}",
        "Le projet avec {who} démarre quand chaque partie a nommé le sien.",
        "/projets/{project}",
        "Nommer",
        1,
        "doit nommer son responsable pour {t}",
    ),
    AwaitedKind.START_PROJECT: ActWords(
        "Démarrer le projet {t}",
        "Chaque partie a nommé son responsable, {who} aussi.",
        "/projets/{project}",
        "Ouvrir le projet",
        1,
        "peut démarrer le projet {t}",
    ),
    AwaitedKind.ACCEPT_INDICATOR: ActWords(
        "Accepter l’indicateur {t}",
        "{who} propose cette définition. On mesure après l’accord de tous.",
        "/indicateurs/{indicator}",
        "Lire la définition",
        2,
        "doit accepter l’indicateur {t}",
    ),
    AwaitedKind.REACH_MILESTONE: ActWords(
        "Dire où en est le jalon {t}",
        "Il est mené avec {who}. Dites s’il est atteint, ou déplacez-le.",
        "/projets/{project}",
        "Ouvrir le projet",
        1,
        "doit dire où en est le jalon {t}",
    ),
    AwaitedKind.DO_TASK: ActWords(
        f"Faire{NBSP}: {{t}}",
        "Cette tâche vous est confiée. Elle est partagée avec {who}.",
        "{task}",
        "Ouvrir la tâche",
        None,
        f"doit faire{NBSP}: {{t}}",
    ),
    AwaitedKind.DO_PRIVATE_TASK: ActWords(
        f"Faire{NBSP}: {{t}}",
        "Cette tâche vous est confiée. Votre organisation seule la voit.",
        "{task}",
        "Ouvrir la tâche",
        None,
        f"doit faire{NBSP}: {{t}}",
    ),
}

DATES: dict[DatedKind, str] = {
    DatedKind.SIGN_BEFORE: "Dernier jour pour signer {t}",
    DatedKind.CONVENTION_STARTS: "Début de la convention {t}",
    DatedKind.OBJECT_BEFORE: "Dernier jour pour s’opposer à la reconduction de {t}",
    DatedKind.CONVENTION_ENDS: "Fin de la convention {t}",
    DatedKind.OBLIGATION: "{t}",
    DatedKind.MEDIATION: "Médiation pour {t}",
    DatedKind.MILESTONE: "{t}",
    DatedKind.TASK: f"Dernier jour pour faire{NBSP}: {{t}}",
}


def _values(item: Awaited, who: str) -> dict[str, str]:
    return {
        "t": quoted(item.title),
        "n": _counted(item),
        "who": who,
        "convention": str(item.convention_id),
        "project": str(item.project_id),
        "indicator": str(item.indicator_id),
        "obligation": promises_url(item.convention_id, item.obligation_id),
        "task": task_url(item.convention_id, item.room, item.task_id) if item.room and item.task_id else "",
    }


def _counted(item: Awaited) -> str:
    match item.kind:
        case AwaitedKind.ANSWER_ADMISSION:
            return pluriel(item.count, "organisation", "organisations")
        case AwaitedKind.DO_LAST_DUTIES:
            return pluriel(item.count, "dernier pas", "derniers pas")
        case _:
            # None is left but the terms.
            return pluriel(item.count, "article", "articles") if item.count else "les conditions"


def act_title(item: Awaited) -> str:
    """« Signer la convention … »"""
    return ACTS[item.kind].title.format_map(_values(item, ""))


def act_why(item: Awaited, who: str) -> str:
    """Why it is awaited."""
    return ACTS[item.kind].why.format_map(_values(item, who))


def act_url(item: Awaited) -> str:
    """Where it is done."""
    return ACTS[item.kind].path.format_map(_values(item, ""))


def act_button(item: Awaited) -> str:
    """Its button."""
    return ACTS[item.kind].action


def act_minutes(item: Awaited) -> int | None:
    """How long it takes, about: three minutes an article to read and answer, at most a quarter hour at once."""
    if item.kind is AwaitedKind.ACCEPT_CLAUSES:
        return min(3 * max(item.count, 1), 15)
    return ACTS[item.kind].minutes


def waiting_text(item: Awaited) -> str:
    """« doit signer … »"""
    return ACTS[item.kind].waiting.format_map(_values(item, ""))


def presses(due: date | None, today: date) -> bool:
    """Whether a date is near enough to be shown in amber: within a week, or past."""
    return due is not None and (due - today).days <= 7


def date_title(item: Dated) -> str:
    """What happens on that date."""
    plain = {DatedKind.MILESTONE, DatedKind.OBLIGATION}
    title = item.title if item.kind in plain else quoted(item.title)
    return DATES[item.kind].format(t=title)


def date_url(item: Dated) -> str:
    """Where to look."""
    if item.room and item.task_id:
        return task_url(item.convention_id, item.room, item.task_id)
    if item.kind is DatedKind.MEDIATION:
        return mediation_url(item.convention_id)
    if item.obligation_id:
        return promises_url(item.convention_id, item.obligation_id)
    if item.kind is DatedKind.OBJECT_BEFORE:
        return f"/conventions/{item.convention_id}/vie"
    return f"/projets/{item.project_id}" if item.project_id else f"/conventions/{item.convention_id}"
