"""What the sample tells: who works with whom, and where each partnership stands."""

import asyncio
from typing import Any
from uuid import UUID

from deploy.sample.api import Voice
from deploy.sample.partnerships import Partnership, Play, in_days
from deploy.sample.people import CLAIRE, FONDATION, INES, MARC, ODILE, PAUL, YANIS, fixed_id

TERM = 365

# Days ago, and how many of 45 patients had understood the booklet.
UNDERSTOOD = ((-245, 21), (-214, 24), (-184, 26), (-153, 25), (-122, 30), (-92, 33), (-61, 36), (-31, 38))


async def tell(voices: dict[str, Voice]) -> None:
    """Play every partnership; they do not touch one another, so all at once."""
    await asyncio.gather(
        _draft_with_an_invitation(voices),
        _negotiating(voices),
        _ready(voices),
        _partly_signed(voices),
        _active(voices),
        _elsewhere(voices),
    )


async def _draft_with_an_invitation(voices: dict[str, Voice]) -> None:
    play = Play(
        Partnership(
            "accueil", "Accueil aux urgences",
            "Des bénévoles orientent les patients et leurs proches pendant l’attente.",
            CLAIRE, MARC, in_days(60), in_days(60 + TERM),
        ),
        voices,
    )  # fmt: skip
    await play.draft()
    await play.invite("Louise", "Ferrand", "louise.ferrand@example.org")
    await play.stands("draft")


async def _negotiating(voices: dict[str, Voice]) -> None:
    play = Play(
        Partnership(
            "lecture", "Lecture en pédiatrie",
            "Des bénévoles lisent des histoires aux enfants hospitalisés, deux après-midi par semaine.",
            CLAIRE, INES, in_days(45), in_days(45 + 2 * TERM),
        ),
        voices,
    )  # fmt: skip
    await play.meet()
    clauses = await play.clauses()
    await play.propose(
        play.theirs, clauses[1],
        clauses[1]["text"] + " Un temps d’échange de deux heures a lieu chaque trimestre.",
    )  # fmt: skip
    await play.propose(
        play.theirs, clauses[8],
        clauses[8]["text"] + " Une armoire fermant à clé est réservée aux livres.",
    )  # fmt: skip
    await play.comment(play.theirs, "Pouvons-nous commencer le mercredi à 14 h ?", clauses[1])
    await play.comment(play.ours, "Oui, la salle de jeux est libre à cette heure.", clauses[1])
    await play.comment(play.theirs, "Merci pour votre accueil lundi. Voici nos deux propositions.")
    await play.stands("negotiating")


async def _ready(voices: dict[str, Voice]) -> None:
    play = Play(
        Partnership(
            "souffle", "Ateliers du souffle",
            "Des ateliers de respiration animés par des patients formés, chaque semaine.",
            CLAIRE, MARC, in_days(30), in_days(30 + TERM),
        ),
        voices,
    )  # fmt: skip
    await play.meet()
    await play.complete()
    await play.agree()
    await play.seal(in_days(14))
    await play.stands("ready")


async def _partly_signed(voices: dict[str, Voice]) -> None:
    play = Play(
        Partnership(
            "ecoute", "Écoute en oncologie",
            "Douze bénévoles formés tiennent une permanence d’écoute pour les patients et leurs proches.",
            CLAIRE, ODILE, in_days(40), in_days(40 + 2 * TERM),
        ),
        voices,
    )  # fmt: skip
    await play.meet()
    await play.complete()
    await play.agree()
    await play.seal(in_days(5))
    await play.sign(play.theirs, "présidente")
    await play.comment(play.theirs, "C’est signé de notre côté. Les douze bénévoles sont prêts.")
    await play.stands("partly_signed")


async def _active(voices: dict[str, Voice]) -> None:
    play = Play(
        Partnership(
            "information", "Information des patients en oncologie",
            "Écrire, faire relire et diffuser ensemble une information que chaque patient comprend.",
            CLAIRE, ODILE, in_days(-300), in_days(430),
        ),
        voices,
    )  # fmt: skip
    await play.meet()
    await play.complete()
    await play.agree()
    await play.seal(in_days(7))
    await play.sign(play.theirs, "présidente")
    await play.sign(play.ours, "par délégation du directeur")
    await play.stands("active")
    await play.admit("funder", FONDATION, "Paie l’impression des livrets, et suit leur diffusion.")
    await _absence(play)
    await _project(play)
    await _rooms(play)


async def _absence(play: Play) -> None:
    mandate_id = fixed_id(f"mandate {ODILE.email} {play.partnership.key}")
    await play.theirs.do(
        f"/mandates/{mandate_id}/delegations",
        delegation_id=str(fixed_id("delegation yanis")),
        deputy_id=str(YANIS.person_id),
        starts_on=in_days(20).isoformat(),
        ends_on=in_days(34).isoformat(),
    )


async def _project(play: Play) -> None:
    project_id = fixed_id("project livret")
    await play.ours.do(
        "/projects",
        project_id=str(project_id),
        convention_id=str(play.partnership.convention_id),
        title="Un livret que chacun comprend",
        aim="Écrire ensemble un livret d’information, le faire relire par des patients, puis le diffuser.",
    )
    path = f"/projects/{project_id}"
    await play.theirs.do(f"{path}/lead", method="PUT", person_id=str(ODILE.person_id))
    for name, title, days in (
        ("plan", "Plan du livret validé", -120),
        ("jet", "Premier texte relu par dix patients", -12),
        ("maquette", "Maquette choisie", 9),
        ("diffusion", "Cinq cents livrets distribués", 90),
    ):
        await play.ours.do(
            f"{path}/milestones",
            milestone_id=str(fixed_id(f"milestone {name}")),
            title=title,
            due_on=in_days(days).isoformat(),
        )
    await play.ours.do(f"{path}/start", version=(await play.ours.get(path))["version"])
    await play.theirs.do(
        f"{path}/milestones/{fixed_id('milestone plan')}/reaching", reached_on=in_days(-118).isoformat()
    )
    await asyncio.gather(_agreed_indicator(play, project_id), _proposed_indicator(play, project_id))
    project = await play.ours.get(path)
    counts = sorted(len(it["measures"]) for it in project["indicators"])
    if (project["state"], counts) != ("running", [0, len(UNDERSTOOD)]):
        raise RuntimeError(f"the project of the sample is {project['state']}, with {counts} measures")


async def _rooms(play: Play) -> None:
    path = f"/conventions/{play.partnership.convention_id}"
    for number, (voice, room, text) in enumerate(
        (
            (play.ours, "shared", "Bienvenue dans la salle commune. Les relectures commencent mardi."),
            (play.theirs, "shared", "Merci. Deux bénévoles de plus relisent avec nous."),
            (play.ours, "private", "Pensons à réserver la salle avant de proposer une date."),
            (play.theirs, "private", "Qui peut relire le chapitre sur la fatigue ?"),
        )
    ):
        message_id = str(fixed_id(f"room message {number}"))
        await voice.do(f"{path}/messages", message_id=message_id, room=room, text=text)
    for name, room, title, given in (
        (
            "date",
            "shared",
            "Proposer trois dates de relecture",
            {"organization_id": str(ODILE.organization.organization_id)},
        ),
        ("salle", "private", "Réserver la salle de réunion", {"owner": str(CLAIRE.person_id)}),
    ):
        await play.ours.do(
            f"{path}/tasks",
            task_id=str(fixed_id(f"task {name}")),
            room=room,
            title=title,
            due_on=in_days(12).isoformat(),
            **given,
        )


async def _agreed_indicator(play: Play, project_id: UUID) -> None:
    indicator = await _propose_indicator(
        play.ours, "compris", project_id,
        title="Livrets compris",
        numerator="Patients qui redisent l’essentiel avec leurs mots",
        denominator="Patients interrogés",
        source="Entretien de sortie, dix questions",
        target=80,
    )  # fmt: skip
    version = (await play.theirs.get(indicator))["version"]
    await play.theirs.do(f"{indicator}/acceptance", version=version)
    for number, (days, understood) in enumerate(UNDERSTOOD):
        await play.ours.do(
            f"{indicator}/measures",
            measure_id=str(fixed_id(f"measure {number}")),
            measured_on=in_days(days).isoformat(),
            numerator=understood,
            denominator=45,
        )


async def _proposed_indicator(play: Play, project_id: UUID) -> None:
    await _propose_indicator(
        play.theirs, "permanences", project_id,
        title="Personnes reçues en permanence",
        numerator="Personnes reçues dans le mois",
        source="Cahier de permanence, sans nom",
        target=60,
    )  # fmt: skip


async def _propose_indicator(voice: Voice, name: str, project_id: UUID, **definition: Any) -> str:
    indicator_id = str(fixed_id(f"indicator {name}"))
    await voice.do("/indicators", indicator_id=indicator_id, project_id=str(project_id), **definition)
    return f"/indicators/{indicator_id}"


async def _elsewhere(voices: dict[str, Voice]) -> None:
    play = Play(
        Partnership(
            "parole", "Groupes de parole du jeudi",
            "Un groupe de parole mensuel, animé par l’association dans les murs de l’hôpital.",
            PAUL, INES, in_days(20), in_days(20 + TERM),
        ),
        voices,
    )  # fmt: skip
    await play.meet()
    await play.comment(play.ours, "Le texte du modèle nous convient. Et à vous ?")
    await play.stands("negotiating")
