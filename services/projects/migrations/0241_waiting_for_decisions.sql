-- depends: 0201_leaving
-- What waits for somebody's decision is asked by every home page: few of all that were ever proposed, and of all that ended.

CREATE INDEX convention_admissions_waiting ON convention_admissions (convention_id)
    WHERE admitted_at IS NULL AND ended_at IS NULL;
CREATE INDEX conventions_to_close ON conventions (convention_id)
    WHERE ended_at IS NOT NULL AND closed_at IS NULL;
