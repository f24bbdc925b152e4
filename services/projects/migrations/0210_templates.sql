-- depends: 0100_rebuilding
-- Templates that organisations make: every text that one has had stays; other organisations read the newest one only,
-- and only while it is shared with them.

CREATE TABLE templates (
    template_id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    organization_id uuid NOT NULL,
    revision integer NOT NULL CHECK (revision > 0),
    sharing text NOT NULL DEFAULT 'private' CHECK (sharing IN ('private', 'named', 'everyone')),
    shared_with uuid[] NOT NULL DEFAULT '{}' CHECK (cardinality(shared_with) <= 100),
    source_id uuid,
    source_organization_id uuid,
    source_revision integer,
    changed_at timestamptz NOT NULL,
    archived_at timestamptz,
    CHECK ((sharing = 'named') = (cardinality(shared_with) > 0)),
    CHECK (num_nulls(source_id, source_organization_id, source_revision) IN (0, 3))
);
COMMENT ON COLUMN templates.source_id IS 'The template that it was copied from; no reference, because that one is another organisation''s.';
CREATE INDEX templates_of_organization ON templates (organization_id, changed_at DESC);
CREATE INDEX templates_shared ON templates (changed_at DESC) WHERE sharing <> 'private' AND archived_at IS NULL;

CREATE TABLE template_revisions (
    template_id uuid NOT NULL REFERENCES templates,
    revision integer NOT NULL CHECK (revision > 0),
    title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    use text NOT NULL CHECK (char_length(use) <= 300),
    base text NOT NULL CHECK (char_length(base) <= 60),
    articles jsonb NOT NULL CHECK (jsonb_array_length(articles) BETWEEN 1 AND 100),
    terms jsonb NOT NULL,
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    written_at timestamptz NOT NULL,
    PRIMARY KEY (template_id, revision)
);
COMMENT ON COLUMN template_revisions.articles IS 'In their order: title and text. Which of them the regime requires is told by the model that is its base.';

-- What only the organisation that made a template knows of it.
CREATE TABLE template_origins (
    template_id uuid PRIMARY KEY REFERENCES templates,
    organization_id uuid NOT NULL,
    convention_id uuid NOT NULL REFERENCES conventions
);

-- The conventions begun from templates: each organisation knows its own.
CREATE TABLE template_uses (
    convention_id uuid PRIMARY KEY REFERENCES conventions,
    template_id uuid NOT NULL REFERENCES templates,
    revision integer NOT NULL,
    organization_id uuid NOT NULL
);
CREATE INDEX template_uses_of_template ON template_uses (template_id, organization_id);

ALTER TABLE templates ENABLE ROW LEVEL SECURITY;
ALTER TABLE templates FORCE ROW LEVEL SECURITY;
CREATE POLICY read_templates ON templates FOR SELECT TO entente_service
    USING (
        organization_id = (SELECT actor_organization())
        OR (
            archived_at IS NULL AND (SELECT actor_organization()) IS NOT NULL
            AND (sharing = 'everyone' OR (SELECT actor_organization()) = ANY (shared_with))
        )
    );
CREATE POLICY make_own ON templates FOR INSERT TO entente_service
    WITH CHECK (organization_id = (SELECT actor_organization()));
CREATE POLICY change_own ON templates FOR UPDATE TO entente_service
    USING (organization_id = (SELECT actor_organization()))
    WITH CHECK (organization_id = (SELECT actor_organization()));
GRANT SELECT, INSERT ON templates TO entente_service;
GRANT UPDATE (version, revision, sharing, shared_with, changed_at, archived_at) ON templates TO entente_service;

ALTER TABLE template_revisions ENABLE ROW LEVEL SECURITY;
ALTER TABLE template_revisions FORCE ROW LEVEL SECURITY;
CREATE POLICY read_revisions ON template_revisions FOR SELECT TO entente_service
    USING (
        EXISTS (
            SELECT FROM templates AS template
            WHERE template.template_id = template_revisions.template_id
              AND (template.organization_id = (SELECT actor_organization())
                   OR template.revision = template_revisions.revision)
        )
    );
CREATE POLICY write_own ON template_revisions FOR INSERT TO entente_service
    WITH CHECK (
        organization_id = actor_organization() AND person_id = actor_person()
        AND EXISTS (
            SELECT FROM templates AS template
            WHERE template.template_id = template_revisions.template_id
              AND template.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON template_revisions TO entente_service;

ALTER TABLE template_origins ENABLE ROW LEVEL SECURITY;
ALTER TABLE template_origins FORCE ROW LEVEL SECURITY;
CREATE POLICY own_origins ON template_origins TO entente_service
    USING (organization_id = (SELECT actor_organization()))
    WITH CHECK (organization_id = (SELECT actor_organization()));
GRANT SELECT, INSERT ON template_origins TO entente_service;

ALTER TABLE template_uses ENABLE ROW LEVEL SECURITY;
ALTER TABLE template_uses FORCE ROW LEVEL SECURITY;
CREATE POLICY own_uses ON template_uses TO entente_service
    USING (organization_id = (SELECT actor_organization()))
    WITH CHECK (organization_id = (SELECT actor_organization()));
GRANT SELECT, INSERT ON template_uses TO entente_service;
