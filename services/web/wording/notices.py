"""A notice → its sentence, its act, its address, why the person is told, and whether the e-mail left."""

from dataclasses import dataclass

from markupsafe import Markup

from services.web.wording.dates import moment
from services.web.wording.titles import quoted
from shared.contracts.notifications.queries import Delivery, NoticeKind, NoticeReason, NoticeView


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """`{who}` acted; `{c}`, `{p}`, `{i}`, `{m}`, `{a}`, `{t}`, `{o}`, `{l}` are the titles of convention, project, indicator,
    milestone, clause, task, obligation and template.
    """

    title: str
    path: str
    action: str | None = None


_CONVENTION = "/conventions/{convention}"
_CLAUSE = "/conventions/{convention}/articles/{clause}"
_TERMS = "/conventions/{convention}/conditions"
_PROJECT = "/projets/{project}"
_LIFE = "/conventions/{convention}/vie"
_OBLIGATION = "/conventions/{convention}/engagements/{obligation}"
_MEDIATION = "/conventions/{convention}/mediation"
_INDICATOR = "/indicateurs/{indicator}"
_PARTIES = "/conventions/{convention}/parties"
_ROOM = "/conventions/{{convention}}/salles/{}"
_FILES = "/conventions/{{convention}}/salles/{}/fichiers"
_TASK = "/conventions/{{convention}}/salles/{}/taches/{{task}}"

NOTICES: dict[NoticeKind, NoticeWords] = {
    NoticeKind.MANDATE_PROPOSED: NoticeWords(
        "{who} vous demande d’être référent·e de {c}", "/conventions/{convention}/referents", "Répondre"
    ),
    NoticeKind.MANDATE_ACCEPTED: NoticeWords(
        "{who} est maintenant référent·e de {c}", "/conventions/{convention}/referents"
    ),
    NoticeKind.MANDATE_DECLINED: NoticeWords(
        "{who} ne sera pas référent·e de {c}", "/conventions/{convention}/referents"
    ),
    NoticeKind.MANDATE_ENDED: NoticeWords(
        "Un mandat de référent est terminé pour {c}", "/conventions/{convention}/referents"
    ),
    NoticeKind.INVITATION_WITHDRAWN: NoticeWords("Une invitation est retirée : {c}", "/conventions"),
    NoticeKind.DELEGATION_RECEIVED: NoticeWords(
        "Vous suppléez le référent de votre organisation pour {c}", "/conventions/{convention}/referents"
    ),
    NoticeKind.DELEGATION_GRANTED: NoticeWords(
        "{who} annonce une absence et un suppléant pour {c}", "/conventions/{convention}/referents"
    ),
    NoticeKind.DELEGATION_ENDED: NoticeWords(
        "Une suppléance est terminée pour {c}", "/conventions/{convention}/referents"
    ),
    NoticeKind.HANDOVER_COMPLETED: NoticeWords(
        "{who} a pris votre relais pour {c}", "/conventions/{convention}/referents"
    ),
    NoticeKind.REFERENT_MISSING: NoticeWords(
        "Votre organisation n’a plus de référent pour {c}",
        "/conventions/{convention}/referents",
        "Désigner un référent",
    ),
    NoticeKind.SIDE_LEFT_VACANT: NoticeWords(
        "Une autre partie n’a plus de référent pour {c}", "/conventions/{convention}/referents"
    ),
    NoticeKind.NEGOTIATION_OPENED: NoticeWords("La négociation de {c} est ouverte", _CONVENTION),
    NoticeKind.CLAUSE_PROPOSED: NoticeWords(
        "{who} propose de changer {a} de {c}", _CLAUSE, "Lire et répondre"
    ),
    NoticeKind.CLAUSE_ACCEPTED: NoticeWords("{who} a accepté {a} de {c}", _CLAUSE),
    NoticeKind.CLAUSE_WITHDRAWN: NoticeWords("{who} a retiré {a} de {c}", _CONVENTION),
    NoticeKind.TERMS_PROPOSED: NoticeWords(
        "{who} propose d’autres conditions pour {c}", _TERMS, "Lire et répondre"
    ),
    NoticeKind.TERMS_ACCEPTED: NoticeWords("{who} a accepté les conditions de {c}", _TERMS),
    NoticeKind.ANNEX_PROPOSED: NoticeWords(
        "{who} propose un changement des annexes de {c}",
        "/conventions/{convention}/annexes",
        "Lire et répondre",
    ),
    NoticeKind.ANNEX_ACCEPTED: NoticeWords(
        "{who} a accepté une annexe de {c}", "/conventions/{convention}/annexes"
    ),
    NoticeKind.COMMENT_ADDED: NoticeWords("{who} a commenté {a} de {c}", _CLAUSE),
    NoticeKind.ADMISSION_PROPOSED: NoticeWords(
        "{who} propose d’accueillir une organisation dans {c}", _PARTIES, "Lire et répondre"
    ),
    NoticeKind.ADMISSION_ENDED: NoticeWords("Une organisation n’est pas accueillie dans {c}", _PARTIES),
    NoticeKind.PARTY_JOINED: NoticeWords("{c} a une partie de plus", _PARTIES),
    NoticeKind.OBSERVER_ADMITTED: NoticeWords("{c} a un observateur de plus", _PARTIES),
    NoticeKind.OBSERVER_LEFT: NoticeWords("{c} a un observateur de moins", _PARTIES),
    NoticeKind.OBSERVING: NoticeWords("Votre organisation observe {c}", _ROOM.format("commune")),
    NoticeKind.TEXT_SEALED: NoticeWords("Le texte de {c} est scellé", _CONVENTION),
    NoticeKind.SIGNATURE_AWAITED: NoticeWords(
        "Votre signature est attendue pour {c}", "/conventions/{convention}/signer", "Relire et signer"
    ),
    NoticeKind.PAPER_SCAN_GIVEN: NoticeWords(
        "{who} a déposé les pages signées de {c}", "/conventions/{convention}/papier", "Vérifier et attester"
    ),
    NoticeKind.SIGNATURE_DUE: NoticeWords(
        "Le délai pour signer {c} se termine bientôt", "/conventions/{convention}/signer", "Relire et signer"
    ),
    NoticeKind.SIGNING_LAPSED: NoticeWords(
        "Le délai pour signer {c} est passé : le texte est à sceller à nouveau", _CONVENTION
    ),
    NoticeKind.CONVENTION_SIGNED: NoticeWords("{who} a signé {c}", "/conventions/{convention}/recu"),
    NoticeKind.SIGNATURE_ATTESTED: NoticeWords(
        "{who} a attesté une signature sur papier de {c}", "/conventions/{convention}/recu"
    ),
    NoticeKind.SIGNATURES_VOIDED: NoticeWords(
        "Les signatures de {c} ne valent plus : le texte a changé", _CONVENTION
    ),
    NoticeKind.SIGNATURE_REFUSED: NoticeWords("{who} a refusé de signer {c}", _CONVENTION),
    NoticeKind.CONVENTION_ACTIVE: NoticeWords("{c} est signée par toutes les parties", _CONVENTION),
    NoticeKind.CONVENTION_SUSPENDED: NoticeWords("{who} a suspendu {c}", _LIFE),
    NoticeKind.SUSPENSION_LIFTED: NoticeWords("Une suspension de {c} a pris fin", _LIFE),
    NoticeKind.TERMINATION_WITHDRAWN: NoticeWords("{who} ne met plus fin à {c}", _LIFE),
    NoticeKind.TERMINATION_NOTIFIED: NoticeWords("{who} met fin à {c}", _LIFE),
    NoticeKind.DEPARTURE_NOTIFIED: NoticeWords("{who} va quitter {c}, qui continue entre les autres", _LIFE),
    NoticeKind.PARTY_LEFT: NoticeWords("{c} continue avec une partie de moins", _LIFE),
    NoticeKind.RENEWAL_AWAITED: NoticeWords(
        "{c} arrive à son terme, dites si elle continue", _LIFE, "Lire et répondre"
    ),
    NoticeKind.RENEWAL_COMING: NoticeWords("{c} arrive bientôt à son terme", _LIFE),
    NoticeKind.RENEWAL_DECIDED: NoticeWords("{who} a répondu sur la suite de {c}", _LIFE),
    NoticeKind.CONVENTION_RENEWED: NoticeWords("{c} est reconduite", _LIFE),
    NoticeKind.CONVENTION_ENDED: NoticeWords(
        "{c} a pris fin, il reste à la clore", _LIFE, "Voir ce qu’il reste à faire"
    ),
    NoticeKind.CONVENTION_CLOSED: NoticeWords("{c} est close : chaque partie a tout rendu", _LIFE),
    NoticeKind.OBLIGATION_DUE: NoticeWords(
        "L’engagement {o} de {c} arrive à échéance", _OBLIGATION, "Voir l’engagement"
    ),
    NoticeKind.OBLIGATION_MISSED: NoticeWords(
        "L’échéance de l’engagement {o} de {c} est passée", _OBLIGATION, "Dire ce qu’il en est"
    ),
    NoticeKind.OBLIGATION_KEPT: NoticeWords("{who} dit que l’engagement {o} de {c} est tenu", _OBLIGATION),
    NoticeKind.OBLIGATION_CONTESTED: NoticeWords(
        "{who} dit que l’engagement {o} de {c} n’est pas tenu", _OBLIGATION
    ),
    NoticeKind.AMENDMENT_PROPOSED: NoticeWords("{who} propose de changer la convention : {c}", _CONVENTION),
    NoticeKind.AMENDMENT_SIGNED: NoticeWords(
        "{c} est signé par tous et entrera en vigueur à la date convenue", _CONVENTION
    ),
    NoticeKind.AMENDMENT_IN_FORCE: NoticeWords("{c} est en vigueur : la convention a changé", _CONVENTION),
    NoticeKind.AMENDMENT_ABANDONED: NoticeWords("{who} a abandonné {c}", _CONVENTION),
    NoticeKind.MEDIATION_AWAITED: NoticeWords(
        "{who} attend votre réponse sur une médiation pour {c}", _MEDIATION, "Lire et répondre"
    ),
    NoticeKind.MEDIATION_MOVED: NoticeWords("La médiation pour {c} avance", _MEDIATION),
    NoticeKind.MEDIATION_ENDED: NoticeWords("La médiation pour {c} a pris fin", _MEDIATION),
    NoticeKind.MESSAGE_POSTED: NoticeWords(
        "{who} a écrit dans la salle commune de {c}", _ROOM.format("commune")
    ),
    NoticeKind.PRIVATE_MESSAGE_POSTED: NoticeWords(
        "{who} a écrit dans votre salle privée de {c}", _ROOM.format("privee")
    ),
    NoticeKind.FILE_GIVEN: NoticeWords(
        "{who} a déposé un fichier dans la salle commune de {c}", _FILES.format("commune")
    ),
    NoticeKind.PRIVATE_FILE_GIVEN: NoticeWords(
        "{who} a déposé un fichier dans votre salle privée de {c}", _FILES.format("privee")
    ),
    NoticeKind.TASK_ASSIGNED: NoticeWords(
        "{who} vous confie la tâche {t}, partagée avec les autres parties",
        _TASK.format("commune"),
        "Ouvrir la tâche",
    ),
    NoticeKind.TASK_DONE: NoticeWords("{who} a fait la tâche {t}", _TASK.format("commune")),
    NoticeKind.PRIVATE_TASK_ASSIGNED: NoticeWords(
        "{who} vous confie la tâche {t}, dans votre salle privée", _TASK.format("privee"), "Ouvrir la tâche"
    ),
    NoticeKind.PROJECT_PROPOSED: NoticeWords("{who} propose le projet {p}", _PROJECT),
    NoticeKind.PROJECT_STARTED: NoticeWords("Le projet {p} a démarré", _PROJECT),
    NoticeKind.MILESTONE_REACHED: NoticeWords("{who} a atteint le jalon {m} du projet {p}", _PROJECT),
    NoticeKind.MILESTONE_MOVED: NoticeWords("{who} a déplacé le jalon {m} du projet {p}", _PROJECT),
    NoticeKind.INDICATOR_PROPOSED: NoticeWords(
        "{who} propose l’indicateur {i} du projet {p}", _INDICATOR, "Lire la définition"
    ),
    NoticeKind.INDICATOR_AGREED: NoticeWords(
        "L’indicateur {i} est accepté par toutes les parties", _INDICATOR
    ),
    NoticeKind.MEASURE_RECORDED: NoticeWords("{who} a ajouté une mesure à l’indicateur {i}", _INDICATOR),
    NoticeKind.TEMPLATE_SHARED: NoticeWords(
        "{who} partage avec votre organisation le modèle {l}", "/modeles/{template}"
    ),
}

REASONS: dict[NoticeReason, str] = {
    NoticeReason.ASKED: "Cela vous est demandé personnellement.",
    NoticeReason.REFERENT: "Vous êtes référent·e de cette convention.",
    NoticeReason.DEPUTY: "Vous suppléez un référent de cette convention.",
    NoticeReason.HANDED_OVER: "Vous étiez référent·e de cette convention.",
    NoticeReason.STANDING_IN: "Vous pouvez signer pour votre organisation, qui n’a plus de référent.",
    NoticeReason.ADMINISTRATOR: "Vous administrez votre organisation.",
    NoticeReason.SIGNATORY: "Vous pouvez signer pour votre organisation.",
    NoticeReason.LEAD: "Vous êtes responsable de ce projet.",
    NoticeReason.SIGNED: "Vous aviez signé ce texte.",
    NoticeReason.NEGOTIATES: "Vous êtes référent·e de conventions de votre organisation.",
}

_DELIVERIES = {
    "queued": "Courriel en attente",
    "sent": "Courriel envoyé",
    "failed": "Le courriel n’est pas parti",
}


@dataclass(frozen=True, slots=True)
class Subjects:
    """The titles that a notice needs, as far as they came."""

    titles: dict[str, str]

    def of(self, identifier: object, otherwise: str) -> str:
        """« Écoute en oncologie »"""
        title = self.titles.get(str(identifier))
        return quoted(title) if title else otherwise


def notice_title(notice: NoticeView, who: str, subjects: Subjects) -> str:
    """What is told, in one sentence."""
    clause = subjects.of(notice.clause_id, "un article") if notice.clause_id else "le texte"
    return NOTICES[notice.kind].title.format(
        who=who,
        c=subjects.of(notice.convention_id, "la convention"),
        p=subjects.of(notice.project_id, "en commun"),
        i=subjects.of(notice.indicator_id, "proposé"),
        m=subjects.of(notice.milestone_id, "prévu"),
        t=subjects.of(notice.task_id, "à faire"),
        o=subjects.of(notice.obligation_id, "promis"),
        l=subjects.of(notice.template_id, "de convention"),
        a=f"l’article {clause}" if notice.clause_id and clause != "un article" else clause,
    )


def notice_url(notice: NoticeView) -> str:
    """Where its act is, or what it is about."""
    path = NOTICES[notice.kind].path
    if path == _CLAUSE and notice.clause_id is None:
        path = _CONVENTION
    return path.format(
        convention=notice.convention_id,
        clause=notice.clause_id,
        project=notice.project_id,
        indicator=notice.indicator_id,
        task=notice.task_id,
        obligation=notice.obligation_id,
        template=notice.template_id,
    )


def notice_action(notice: NoticeView) -> str | None:
    """The act's button, for what asks for one."""
    return NOTICES[notice.kind].action


def notice_reason(notice: NoticeView) -> str | None:
    """Why this person is told."""
    return REASONS.get(notice.because) if notice.because else None


def delivery_in_words(deliveries: tuple[Delivery, ...]) -> Markup | None:
    """What became of the e-mail."""
    mail = next((it for it in deliveries if it.channel == "email"), None)
    if mail is None or mail.state not in _DELIVERIES:
        return None
    words = Markup("{}").format(_DELIVERIES[mail.state])
    return Markup("{} {}").format(words, moment(mail.at)) if mail.at and mail.state == "sent" else words
