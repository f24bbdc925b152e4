"""An event of the timeline → « Odile Marchand a signé … »: who, what, on what, where to look."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from services.web.wording.clauses import clause_name
from services.web.wording.mediation import mediation_url
from services.web.wording.parties import ABOUT_PARTIES
from services.web.wording.promises import promises_url
from services.web.wording.rooms import files_url, room_url, task_url
from services.web.wording.telling import CONVENTION, Telling
from services.web.wording.timeline_subjects import SUBJECTS
from services.web.wording.titles import quoted
from services.web.wording.told_promises import PROMISES_TOLD
from shared.contracts.projects.queries import TimelineEntry
from shared.contracts.projects.rooms import RoomKind
from shared.contracts.values import Side

_CLAUSE = "{clause}"
_PROJECT = "{project}"
_MILESTONE = "{milestone}"
_INDICATOR = "{indicator}"
_TASK = "{task}"
_FILE = "{file}"


TELLINGS: dict[str, Telling] = {
    "entente.projects.convention.drafted.v1": Telling(
        "a commencé la convention", about_me="avez commencé la convention"
    ),
    "entente.projects.convention.shared.v1": Telling("est ouvert à une autre partie pour", nobody=True),
    "entente.projects.convention.negotiation_opened.v1": Telling("est ouverte pour", nobody=True),
    "entente.projects.convention.clause_proposed.v1": Telling(
        "a proposé un texte :", _CLAUSE, about_me="avez proposé un texte :"
    ),
    "entente.projects.convention.clause_added.v1": Telling("a ajouté", _CLAUSE, about_me="avez ajouté"),
    "entente.projects.convention.clause_withdrawn.v1": Telling("a retiré", _CLAUSE, about_me="avez retiré"),
    "entente.projects.convention.clause_accepted.v1": Telling("a accepté", _CLAUSE, about_me="avez accepté"),
    "entente.projects.convention.terms_proposed.v1": Telling(
        "a proposé d’autres conditions pour", about_me="avez proposé d’autres conditions pour"
    ),
    "entente.projects.convention.terms_accepted.v1": Telling(
        "a accepté les conditions de", about_me="avez accepté les conditions de"
    ),
    "entente.projects.convention.annex_proposed.v1": Telling(
        "a changé les annexes de", about_me="avez changé les annexes de"
    ),
    "entente.projects.convention.annex_accepted.v1": Telling(
        "a accepté une annexe de", about_me="avez accepté une annexe de"
    ),
    "entente.projects.convention.comment_added.v1": Telling("a commenté", _CLAUSE, about_me="avez commenté"),
    "entente.projects.convention.admission_proposed.v1": Telling(
        "a proposé une organisation pour", about_me="avez proposé une organisation pour"
    ),
    "entente.projects.convention.admission_accepted.v1": Telling(
        "est d’accord avec une organisation de plus pour",
        about_me="êtes d’accord avec une organisation de plus pour",
    ),
    "entente.projects.convention.admission_ended.v1": Telling(
        "n’accueille pas une organisation dans", about_me="avez refusé une organisation pour"
    ),
    "entente.projects.convention.party_joined.v1": Telling("a rejoint", nobody=True),
    "entente.projects.convention.party_taken_back.v1": Telling(
        "a retiré l’invitation d’une partie de", about_me="avez retiré l’invitation d’une partie de"
    ),
    "entente.projects.convention.observer_admitted.v1": Telling("observe", nobody=True),
    "entente.projects.convention.observer_left.v1": Telling("n’observe plus", nobody=True),
    "entente.projects.convention.sealed.v1": Telling(
        "a scellé le texte de", about_me="avez scellé le texte de"
    ),
    "entente.projects.convention.signed.v1": Telling("a signé", about_me="avez signé"),
    "entente.projects.convention.signature_refused.v1": Telling(
        "a refusé de signer", about_me="avez refusé de signer"
    ),
    "entente.projects.convention.paper_scan_given.v1": Telling(
        "a déposé les pages signées de", about_me="avez déposé les pages signées de"
    ),
    "entente.projects.convention.signature_due.v1": Telling("se termine bientôt pour", nobody=True),
    "entente.projects.convention.signatures_voided.v1": Telling("ne valent plus pour", nobody=True),
    "entente.projects.convention.activated.v1": Telling("est signée par tous :", nobody=True),
    "entente.projects.convention.suspended.v1": Telling("a suspendu", about_me="avez suspendu"),
    "entente.projects.convention.suspension_lifted.v1": Telling("a pris fin pour", nobody=True),
    "entente.projects.convention.termination_notified.v1": Telling("met fin à", about_me="avez mis fin à"),
    "entente.projects.convention.departure_notified.v1": Telling(
        "va quitter", about_me="avez annoncé votre départ de"
    ),
    "entente.projects.convention.party_left.v1": Telling("a quitté", nobody=True),
    "entente.projects.convention.termination_withdrawn.v1": Telling(
        "a retiré son annonce de fin pour", about_me="avez retiré votre annonce de fin pour"
    ),
    "entente.projects.convention.terminated.v1": Telling("a pris fin par dénonciation :", nobody=True),
    "entente.projects.convention.expired.v1": Telling("est arrivée à son terme :", nobody=True),
    "entente.projects.convention.renewal_due.v1": Telling("arrive bientôt pour", nobody=True),
    "entente.projects.convention.renewal_decided.v1": Telling(
        "a répondu sur la suite de", about_me="avez répondu sur la suite de"
    ),
    "entente.projects.convention.renewed.v1": Telling("est reconduite :", nobody=True),
    "entente.projects.convention.closing_step_done.v1": Telling(
        "a fait un des derniers pas de", about_me="avez fait un des derniers pas de"
    ),
    "entente.projects.convention.closed.v1": Telling("est close :", nobody=True),
    **PROMISES_TOLD,
    "entente.projects.convention.amendment_proposed.v1": Telling(
        "a commencé un avenant :", about_me="avez commencé un avenant :"
    ),
    "entente.projects.convention.amendment_signed.v1": Telling("est signé par tous :", nobody=True),
    "entente.projects.convention.amendment_entered_into_force.v1": Telling(
        "est entré en vigueur :", nobody=True
    ),
    "entente.projects.convention.amendment_abandoned.v1": Telling("est abandonné :", nobody=True),
    "entente.projects.convention.amended.v1": Telling("a changé par avenant :", nobody=True),
    "entente.projects.room.message_posted.v1": Telling(
        "a écrit dans une salle de", about_me="avez écrit dans une salle de"
    ),
    "entente.projects.room.task_added.v1": Telling(
        "a ajouté la tâche", _TASK, about_me="avez ajouté la tâche"
    ),
    "entente.projects.room.task_changed.v1": Telling(
        "a modifié la tâche", _TASK, about_me="avez modifié la tâche"
    ),
    "entente.projects.room.task_assigned.v1": Telling(
        "a confié la tâche", _TASK, about_me="avez confié la tâche"
    ),
    "entente.projects.room.task_finished.v1": Telling(
        "a fait la tâche", _TASK, about_me="avez fait la tâche"
    ),
    "entente.projects.room.task_reopened.v1": Telling(
        "a rouvert la tâche", _TASK, about_me="avez rouvert la tâche"
    ),
    "entente.projects.room.file_given.v1": Telling(
        "a déposé le fichier", _FILE, about_me="avez déposé le fichier"
    ),
    "entente.projects.room.file_removed.v1": Telling(
        "a retiré un fichier d’une salle de", about_me="avez retiré un fichier d’une salle de"
    ),
    "entente.projects.project.proposed.v1": Telling(
        "a proposé le projet", _PROJECT, about_me="avez proposé le projet"
    ),
    "entente.projects.project.lead_named.v1": Telling(
        "a nommé son responsable pour", _PROJECT, about_me="avez nommé votre responsable pour"
    ),
    "entente.projects.project.started.v1": Telling(
        "a démarré le projet", _PROJECT, about_me="avez démarré le projet"
    ),
    "entente.projects.project.paused.v1": Telling("est en pause :", _PROJECT, nobody=True),
    "entente.projects.project.resumed.v1": Telling("reprend :", _PROJECT, nobody=True),
    "entente.projects.project.milestone_planned.v1": Telling(
        "a ajouté le jalon", _MILESTONE, about_me="avez ajouté le jalon"
    ),
    "entente.projects.project.milestone_moved.v1": Telling(
        "a déplacé le jalon", _MILESTONE, about_me="avez déplacé le jalon"
    ),
    "entente.projects.project.milestone_reached.v1": Telling(
        "a atteint le jalon", _MILESTONE, about_me="avez atteint le jalon"
    ),
    "entente.projects.indicator.proposed.v1": Telling(
        "a proposé l’indicateur", _INDICATOR, about_me="avez proposé l’indicateur"
    ),
    "entente.projects.indicator.agreed.v1": Telling(
        "a accepté l’indicateur", _INDICATOR, about_me="avez accepté l’indicateur"
    ),
    "entente.projects.indicator.measure_recorded.v1": Telling(
        "a ajouté une mesure à l’indicateur", _INDICATOR, about_me="avez ajouté une mesure à l’indicateur"
    ),
    "entente.projects.indicator.measure_corrected.v1": Telling(
        "a corrigé une mesure de l’indicateur", _INDICATOR, about_me="avez corrigé une mesure de l’indicateur"
    ),
    "entente.contacts.mandate.proposed.v1": Telling(
        "a invité un référent pour", about_me="avez invité un référent pour"
    ),
    "entente.contacts.mandate.accepted.v1": Telling(
        "est maintenant référent·e pour", about_me="êtes maintenant référent·e pour"
    ),
    "entente.contacts.mandate.declined.v1": Telling(
        "a décliné le mandat de référent pour", about_me="avez décliné le mandat de référent pour"
    ),
    "entente.contacts.mandate.withdrawn.v1": Telling("n’attend plus de réponse pour", nobody=True),
    "entente.contacts.mandate.delegation_granted.v1": Telling(
        "a annoncé une absence et un suppléant pour",
        about_me="avez annoncé une absence et un suppléant pour",
    ),
    "entente.contacts.mandate.delegation_ended.v1": Telling(
        "a mis fin à une suppléance pour", about_me="avez mis fin à une suppléance pour"
    ),
    "entente.contacts.mandate.handover_completed.v1": Telling(
        "a pris le relais comme référent·e pour", about_me="avez pris le relais comme référent·e pour"
    ),
    "entente.contacts.mandate.ended.v1": Telling("est terminé pour", nobody=True),
    "entente.contacts.mandate.side_left_vacant.v1": Telling("n’a plus de référent pour", nobody=True),
}

_ATTESTED = Telling(
    "a attesté une signature sur papier de", about_me="avez attesté une signature sur papier de"
)

_TO_GO = Telling("a proposé de retirer", _CLAUSE, about_me="avez proposé de retirer")

_UNKNOWN = Telling("a agi sur", about_me="avez agi sur")


@dataclass(frozen=True, slots=True)
class News:
    """One line of a timeline, as the templates show it."""

    who: str
    side: Side
    text: str
    object: str | None
    url: str | None
    detail: str | None
    at: datetime


def tell(entry: TimelineEntry, who: str, side: Side, *, is_me: bool, detail: str | None) -> News:
    """The line for one event."""
    telling = _ATTESTED if entry.on_paper else TELLINGS.get(entry.type, _UNKNOWN)
    if entry.withdrawn and entry.clause_id:
        telling = _TO_GO
    if telling.nobody:
        who, text = SUBJECTS[entry.type], telling.text
    elif is_me:
        who, text = "Vous", telling.about_me or telling.text
    else:
        text = telling.text
    return News(who, side, text, _object(entry, telling.about), _url(entry), detail, entry.occurred_at)


def _object(entry: TimelineEntry, about: str) -> str:
    if about == _CLAUSE and entry.clause_number is not None:
        return clause_name(entry.clause_number) + (f", {quoted(entry.title)}" if entry.title else "")
    if about == _FILE and not entry.title:
        return "(retiré depuis)"
    if about in {CONVENTION, _CLAUSE} or not entry.title:
        return quoted(entry.convention_title)
    return quoted(entry.title)


# What has a page of its own, by its aggregate.
_PAGES: dict[str, Callable[[TimelineEntry], str]] = {
    "promises": lambda entry: promises_url(entry.convention_id, entry.obligation_id),
    "mediation": lambda entry: mediation_url(entry.convention_id),
}


def _url(entry: TimelineEntry) -> str:
    if entry.room:
        return _url_in_room(entry, entry.room)
    if page := _PAGES.get(entry.type.split(".")[2]):
        return page(entry)
    if entry.indicator_id:
        return f"/indicateurs/{entry.indicator_id}"
    if entry.project_id:
        return f"/projets/{entry.project_id}"
    if entry.clause_id:
        # The page of an article that was taken out leads to its versions.
        return f"/conventions/{entry.convention_id}/articles/{entry.clause_id}"
    page = "/parties" if entry.type in ABOUT_PARTIES else ""
    return f"/conventions/{entry.convention_id}{page}"


def _url_in_room(entry: TimelineEntry, room: RoomKind) -> str:
    if entry.task_id:
        return task_url(entry.convention_id, room, entry.task_id)
    if entry.file_id:
        return files_url(entry.convention_id, room)
    return room_url(entry.convention_id, room)
