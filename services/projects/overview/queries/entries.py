"""Timeline entries with the titles of what they are about, in one statement however many there are."""

from typing import Any

from shared.contracts.projects.queries import TimelineEntry

# What happened in one partnership, to its convention or to an amendment of it, before a point in time: our own log, and what contacts announced. Both are read
# backwards from their index, so that a page costs the same at the end of a long partnership as at its beginning.
ENTRIES_OF_PARTNERSHIP = """
(SELECT event_id, type, occurred_at, actor_person, actor_organization, data::jsonb AS data,
        coalesce((data::jsonb ->> 'convention_id')::uuid, {convention}) AS convention_id, NULL::uuid AS mandate_id
 FROM event_log
 WHERE partnership_id = {partnership} AND (occurred_at, event_id) < ({moment}, {event}) AND {seen}
 ORDER BY occurred_at DESC, event_id DESC LIMIT {limit})
UNION ALL
(SELECT event_id, type, occurred_at, actor_person, actor_organization, '{{}}'::jsonb, convention_id, mandate_id
 FROM witnessed_events
 WHERE convention_id = {partnership} AND (occurred_at, event_id) < ({moment}, {event})
 ORDER BY occurred_at DESC, event_id DESC LIMIT {limit})
"""

# One look-up by key per title: joined as sets, whole tables would pass through row-level security for a page of 50 lines.
WITH_TITLES = """
SELECT entry.event_id, entry.type, entry.occurred_at, entry.convention_id, convention.title AS convention_title,
       entry.actor_organization AS organization_id, entry.actor_person AS person_id,
       ids.clause_id, clause.number AS clause_number, ids.project_id, ids.milestone_id, ids.indicator_id,
       entry.mandate_id, entry.data ->> 'room' AS room, ids.task_id, ids.file_id, ids.obligation_id,
       coalesce((entry.data ->> 'on_paper')::boolean, false) AS on_paper,
       coalesce((entry.data ->> 'withdrawn')::boolean, false) AS withdrawn,
       coalesce(
           clause.title, milestone.title, indicator.title, project.title, task.title, file.name, obligation.title, ''
       ) AS title
FROM entry
CROSS JOIN LATERAL (
    SELECT (entry.data ->> 'clause_id')::uuid AS clause_id, (entry.data ->> 'project_id')::uuid AS project_id,
           (entry.data ->> 'milestone_id')::uuid AS milestone_id,
           (entry.data ->> 'indicator_id')::uuid AS indicator_id,
           (entry.data ->> 'room_id')::uuid AS room_id, (entry.data ->> 'task_id')::uuid AS task_id,
           (entry.data ->> 'file_id')::uuid AS file_id, (entry.data ->> 'obligation_id')::uuid AS obligation_id
) AS ids
CROSS JOIN LATERAL (SELECT title FROM conventions WHERE convention_id = entry.convention_id OFFSET 0) AS convention
LEFT JOIN LATERAL (SELECT number, title FROM clauses WHERE clause_id = ids.clause_id OFFSET 0) AS clause ON true
LEFT JOIN LATERAL (SELECT title FROM projects WHERE project_id = ids.project_id OFFSET 0) AS project ON true
LEFT JOIN LATERAL (
    SELECT title FROM milestones
    WHERE milestones.project_id = ids.project_id AND milestones.milestone_id = ids.milestone_id OFFSET 0
) AS milestone ON true
LEFT JOIN LATERAL (SELECT title FROM indicators WHERE indicator_id = ids.indicator_id OFFSET 0) AS indicator ON true
LEFT JOIN LATERAL (
    SELECT title FROM room_tasks WHERE room_tasks.room_id = ids.room_id AND room_tasks.task_id = ids.task_id OFFSET 0
) AS task ON true
LEFT JOIN LATERAL (
    SELECT name FROM room_files WHERE room_files.room_id = ids.room_id AND room_files.file_id = ids.file_id OFFSET 0
) AS file ON true
LEFT JOIN LATERAL (SELECT title FROM obligations WHERE obligation_id = ids.obligation_id OFFSET 0) AS obligation ON true
ORDER BY entry.occurred_at DESC, entry.event_id DESC
"""


def entry_of(row: Any) -> TimelineEntry:
    """One row of `WITH_TITLES`."""
    return TimelineEntry(**row)
