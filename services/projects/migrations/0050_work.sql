-- depends: 0020_conventions
-- Projects and their milestones. The convention's id stands on every row: it is what access is decided by.

CREATE TABLE projects (
    project_id uuid PRIMARY KEY,
    convention_id uuid NOT NULL REFERENCES conventions,
    version integer NOT NULL CHECK (version > 0),
    title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    aim text NOT NULL CHECK (char_length(aim) BETWEEN 1 AND 2000),
    state text NOT NULL CHECK (state IN ('framed', 'running')),
    proposed_by uuid NOT NULL,
    proposed_by_person uuid NOT NULL,
    proposed_at timestamptz NOT NULL,
    started_at timestamptz,
    CHECK ((state = 'running') = (started_at IS NOT NULL)),
    -- What the tables below refer to, so that a row cannot stand under another convention than its project.
    UNIQUE (project_id, convention_id)
);
CREATE INDEX projects_of_convention ON projects (convention_id);
CREATE INDEX projects_to_start ON projects (convention_id) WHERE state = 'framed';

-- One row per party from the first day on: a side that has named nobody is a row that says so.
CREATE TABLE project_leads (
    project_id uuid NOT NULL,
    convention_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    person_id uuid,
    named_at timestamptz,
    PRIMARY KEY (project_id, organization_id),
    FOREIGN KEY (project_id, convention_id) REFERENCES projects (project_id, convention_id),
    FOREIGN KEY (convention_id, organization_id) REFERENCES convention_parties,
    CHECK ((person_id IS NULL) = (named_at IS NULL))
);
CREATE INDEX project_leads_to_name ON project_leads (convention_id) WHERE person_id IS NULL;

CREATE TABLE milestones (
    project_id uuid NOT NULL,
    milestone_id uuid NOT NULL,
    convention_id uuid NOT NULL,
    title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    due_on date NOT NULL,
    planned_at timestamptz NOT NULL,
    reached_on date,
    reached_by uuid,
    -- The client makes the id: within the project, so that nobody learns what exists in another one.
    PRIMARY KEY (project_id, milestone_id),
    FOREIGN KEY (project_id, convention_id) REFERENCES projects (project_id, convention_id),
    CHECK ((reached_on IS NULL) = (reached_by IS NULL))
);
CREATE INDEX milestones_by_id ON milestones (milestone_id);
CREATE INDEX milestones_to_reach ON milestones (convention_id, due_on) INCLUDE (project_id, milestone_id)
    WHERE reached_on IS NULL;

ALTER TABLE projects ENABLE ROW LEVEL SECURITY;
ALTER TABLE projects FORCE ROW LEVEL SECURITY;
CREATE POLICY read_projects ON projects FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = projects.convention_id));
CREATE POLICY propose_projects ON projects FOR INSERT TO entente_service
    WITH CHECK (
        proposed_by = actor_organization() AND proposed_by_person = actor_person()
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = projects.convention_id AND access.organization_id = actor_organization()
        )
    );
CREATE POLICY change_projects ON projects FOR UPDATE TO entente_service
    USING (
        EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = projects.convention_id AND access.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON projects TO entente_service;
GRANT UPDATE (version, state, started_at) ON projects TO entente_service;

ALTER TABLE project_leads ENABLE ROW LEVEL SECURITY;
ALTER TABLE project_leads FORCE ROW LEVEL SECURITY;
CREATE POLICY read_leads ON project_leads FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = project_leads.convention_id));
-- Nobody names the other side's lead: at the proposal its row is empty, later it is out of reach.
CREATE POLICY open_leads ON project_leads FOR INSERT TO entente_service
    WITH CHECK (
        (organization_id = actor_organization() OR person_id IS NULL)
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = project_leads.convention_id AND access.organization_id = actor_organization()
        )
    );
CREATE POLICY name_own_lead ON project_leads FOR UPDATE TO entente_service
    USING (organization_id = actor_organization());
GRANT SELECT, INSERT ON project_leads TO entente_service;
GRANT UPDATE (person_id, named_at) ON project_leads TO entente_service;

ALTER TABLE milestones ENABLE ROW LEVEL SECURITY;
ALTER TABLE milestones FORCE ROW LEVEL SECURITY;
CREATE POLICY read_milestones ON milestones FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = milestones.convention_id));
CREATE POLICY plan_milestones ON milestones FOR INSERT TO entente_service
    WITH CHECK (
        EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = milestones.convention_id AND access.organization_id = actor_organization()
        )
    );
CREATE POLICY change_milestones ON milestones FOR UPDATE TO entente_service
    USING (
        EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = milestones.convention_id AND access.organization_id = actor_organization()
        )
    )
    WITH CHECK (reached_by IS NULL OR reached_by = actor_organization());
GRANT SELECT, INSERT ON milestones TO entente_service;
GRANT UPDATE (due_on, reached_on, reached_by) ON milestones TO entente_service;
