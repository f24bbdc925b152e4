"""What may await somebody, and what may come: the kinds of lines on the home page."""

from enum import StrEnum


class AwaitedKind(StrEnum):
    """What awaits somebody."""

    SIGN = "sign"
    ACCEPT_CLAUSES = "accept_clauses"
    SEAL = "seal"
    INVITE = "invite"
    ANSWER_ADMISSION = "answer_admission"
    DECIDE_RENEWAL = "decide_renewal"
    DO_LAST_DUTIES = "do_last_duties"
    KEEP_OBLIGATION = "keep_obligation"
    ANSWER_MEDIATION = "answer_mediation"
    NAME_LEAD = "name_lead"
    START_PROJECT = "start_project"
    ACCEPT_INDICATOR = "accept_indicator"
    REACH_MILESTONE = "reach_milestone"
    DO_TASK = "do_task"
    DO_PRIVATE_TASK = "do_private_task"


class DatedKind(StrEnum):
    """What happens on a date."""

    SIGN_BEFORE = "sign_before"
    CONVENTION_STARTS = "convention_starts"
    OBJECT_BEFORE = "object_before"
    """The last day to say that it does not go on by itself."""
    CONVENTION_ENDS = "convention_ends"
    OBLIGATION = "obligation"
    MEDIATION = "mediation"
    MILESTONE = "milestone"
    TASK = "task"
