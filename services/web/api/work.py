"""Projects, milestones, indicators, measures; and the inbox."""

from services.web.api.endpoint import Endpoint
from shared.contracts.notifications import commands as notice_commands
from shared.contracts.notifications import queries as notice_queries
from shared.contracts.projects import commands, queries

_ID = "01935b5e-8c1a-7c3e-9d55-0a4b1c2d3e4f"

ENDPOINTS = (
    Endpoint(
        "GET", "/projects", queries.ListProjects, "The projects of my organisation, or of one convention"
    ),
    Endpoint(
        "POST",
        "/projects",
        commands.ProposeProject,
        "Propose a project under an active convention",
        makes="project_id",
        location="/projects/{project_id}",
        example={
            "convention_id": _ID,
            "title": "Livret de sortie",
            "aim": "Écrire ensemble un livret que les patients comprennent.",
        },
    ),
    Endpoint("GET", "/projects/{project_id}", queries.GetProject, "One project, whole"),
    Endpoint(
        "PUT",
        "/projects/{project_id}/lead",
        commands.NameProjectLead,
        "Name who leads for my side",
        example={"person_id": _ID},
    ),
    Endpoint(
        "POST", "/projects/{project_id}/start", commands.StartProject, "Start it", example={"version": 3}
    ),
    Endpoint(
        "POST",
        "/projects/{project_id}/milestones",
        commands.PlanMilestone,
        "Add a dated step",
        makes="milestone_id",
        location="/projects/{project_id}",
        example={"title": "Premier jet relu par dix patients", "due_on": "2027-03-15"},
    ),
    Endpoint(
        "PATCH",
        "/projects/{project_id}/milestones/{milestone_id}",
        commands.MoveMilestone,
        "Change the date of a step",
        example={"due_on_known": "2027-03-15", "due_on": "2027-04-02"},
    ),
    Endpoint(
        "POST",
        "/projects/{project_id}/milestones/{milestone_id}/reaching",
        commands.ReachMilestone,
        "Say that a step is done",
        example={"reached_on": "2027-03-12"},
    ),
    Endpoint("GET", "/indicators", queries.ListIndicators, "The indicators of my organisation's projects"),
    Endpoint(
        "POST",
        "/indicators",
        commands.ProposeIndicator,
        "Propose what to measure",
        makes="indicator_id",
        location="/indicators/{indicator_id}",
        example={
            "project_id": _ID,
            "title": "Livrets compris",
            "numerator": "Patients qui redisent l’essentiel",
            "denominator": "Patients interrogés",
            "source": "Entretien de sortie",
            "target": 80,
        },
    ),
    Endpoint("GET", "/indicators/{indicator_id}", queries.GetIndicator, "One indicator with its measures"),
    Endpoint(
        "POST",
        "/indicators/{indicator_id}/acceptance",
        commands.AcceptIndicator,
        "Accept the definition for my side",
        example={"version": 1},
    ),
    Endpoint(
        "POST",
        "/indicators/{indicator_id}/measures",
        commands.RecordMeasure,
        "Record a dated value",
        makes="measure_id",
        location="/indicators/{indicator_id}",
        example={"measured_on": "2027-05-31", "numerator": 42, "denominator": 50},
    ),
    Endpoint(
        "POST",
        "/indicators/{indicator_id}/measures/{corrects}/correction",
        commands.CorrectMeasure,
        "Correct a value; the first stays readable",
        makes="measure_id",
        location="/indicators/{indicator_id}",
        example={"numerator": 41, "denominator": 50, "reason": "Un questionnaire compté deux fois."},
    ),
    Endpoint("GET", "/notices", notice_queries.ListNotices, "My notices of one drawer"),
    Endpoint("GET", "/notices/unread", notice_queries.CountUnread, "How many are unread, and ask for an act"),
    Endpoint("POST", "/notices/reading", notice_commands.ReadAllNotices, "Mark all of my notices as read"),
    Endpoint("POST", "/notices/{notice_id}/reading", notice_commands.ReadNotice, "Mark one as read"),
    Endpoint("POST", "/notices/{notice_id}/filing", notice_commands.FileNotice, "Put one away"),
)
