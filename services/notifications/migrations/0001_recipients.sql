-- Whom an event concerns, as contacts and projects told it: ids only, rebuildable by replay.
-- depends: 0001_event_log

CREATE TABLE conventions (
    convention_id uuid PRIMARY KEY,
    negotiating boolean NOT NULL DEFAULT false
);

CREATE TABLE parties (
    convention_id uuid NOT NULL REFERENCES conventions,
    organization_id uuid NOT NULL,
    signed boolean NOT NULL DEFAULT false,
    PRIMARY KEY (convention_id, organization_id)
);

CREATE TABLE mandates (
    mandate_id uuid PRIMARY KEY,
    convention_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    proposed_by uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('proposed', 'accepted', 'declined'))
);
CREATE INDEX mandates_of_convention ON mandates (convention_id) WHERE state = 'accepted';

-- A row stays when the affiliation ends: it says that the person left, whichever order contacts' facts came in.
CREATE TABLE affiliations (
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    active boolean NOT NULL,
    signatory boolean NOT NULL,
    PRIMARY KEY (organization_id, person_id)
);

CREATE TABLE project_leads (
    project_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    PRIMARY KEY (project_id, organization_id)
);

GRANT SELECT, INSERT, UPDATE ON conventions, parties, mandates, affiliations, project_leads TO entente_service;

-- No person ever reads these: only the service does, when it decides whom to tell.
ALTER TABLE conventions ENABLE ROW LEVEL SECURITY;
ALTER TABLE conventions FORCE ROW LEVEL SECURITY;
CREATE POLICY service_only ON conventions TO entente_service
    USING ((SELECT acts_as_service())) WITH CHECK ((SELECT acts_as_service()));

ALTER TABLE parties ENABLE ROW LEVEL SECURITY;
ALTER TABLE parties FORCE ROW LEVEL SECURITY;
CREATE POLICY service_only ON parties TO entente_service
    USING ((SELECT acts_as_service())) WITH CHECK ((SELECT acts_as_service()));

ALTER TABLE mandates ENABLE ROW LEVEL SECURITY;
ALTER TABLE mandates FORCE ROW LEVEL SECURITY;
CREATE POLICY service_only ON mandates TO entente_service
    USING ((SELECT acts_as_service())) WITH CHECK ((SELECT acts_as_service()));

ALTER TABLE affiliations ENABLE ROW LEVEL SECURITY;
ALTER TABLE affiliations FORCE ROW LEVEL SECURITY;
CREATE POLICY service_only ON affiliations TO entente_service
    USING ((SELECT acts_as_service())) WITH CHECK ((SELECT acts_as_service()));

ALTER TABLE project_leads ENABLE ROW LEVEL SECURITY;
ALTER TABLE project_leads FORCE ROW LEVEL SECURITY;
CREATE POLICY service_only ON project_leads TO entente_service
    USING ((SELECT acts_as_service())) WITH CHECK ((SELECT acts_as_service()));
