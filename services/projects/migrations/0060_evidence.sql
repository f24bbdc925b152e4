-- depends: 0050_work
-- Indicators and their values. Definitions and values are only ever added.

CREATE TABLE indicators (
    indicator_id uuid PRIMARY KEY,
    project_id uuid NOT NULL,
    convention_id uuid NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    numerator text NOT NULL CHECK (char_length(numerator) BETWEEN 1 AND 200),
    denominator text CHECK (char_length(denominator) BETWEEN 1 AND 200),
    source text NOT NULL CHECK (char_length(source) BETWEEN 1 AND 200),
    target integer CHECK (target >= 0 AND (denominator IS NULL OR target <= 100)),
    proposed_by uuid NOT NULL,
    proposed_at timestamptz NOT NULL,
    agreed_at timestamptz,
    FOREIGN KEY (project_id, convention_id) REFERENCES projects (project_id, convention_id),
    UNIQUE (indicator_id, convention_id)
);
CREATE INDEX indicators_of_project ON indicators (project_id);
CREATE INDEX indicators_of_convention ON indicators (convention_id);
CREATE INDEX indicators_to_accept ON indicators (convention_id) WHERE agreed_at IS NULL;

CREATE TABLE indicator_acceptances (
    indicator_id uuid NOT NULL,
    convention_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    accepted_at timestamptz NOT NULL,
    PRIMARY KEY (indicator_id, organization_id),
    FOREIGN KEY (indicator_id, convention_id) REFERENCES indicators (indicator_id, convention_id),
    FOREIGN KEY (convention_id, organization_id) REFERENCES convention_parties
);

CREATE TABLE measures (
    indicator_id uuid NOT NULL,
    measure_id uuid NOT NULL,
    convention_id uuid NOT NULL,
    measured_on date NOT NULL,
    numerator bigint NOT NULL CHECK (numerator >= 0),
    denominator bigint CHECK (denominator > 0 AND numerator <= denominator),
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    corrects uuid,
    reason text NOT NULL DEFAULT '' CHECK (char_length(reason) <= 200),
    -- The client makes the id: within the indicator, so that nobody learns what exists in another one.
    PRIMARY KEY (indicator_id, measure_id),
    FOREIGN KEY (indicator_id, convention_id) REFERENCES indicators (indicator_id, convention_id),
    FOREIGN KEY (indicator_id, corrects) REFERENCES measures (indicator_id, measure_id),
    -- A value is corrected once: the chain of corrections never forks.
    UNIQUE (indicator_id, corrects),
    CHECK ((corrects IS NULL) = (reason = ''))
);
CREATE INDEX measures_in_order ON measures (indicator_id, measured_on, recorded_at);

ALTER TABLE indicators ENABLE ROW LEVEL SECURITY;
ALTER TABLE indicators FORCE ROW LEVEL SECURITY;
CREATE POLICY read_indicators ON indicators FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = indicators.convention_id));
CREATE POLICY propose_indicators ON indicators FOR INSERT TO entente_service
    WITH CHECK (
        proposed_by = actor_organization()
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = indicators.convention_id AND access.organization_id = actor_organization()
        )
    );
CREATE POLICY change_indicators ON indicators FOR UPDATE TO entente_service
    USING (
        EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = indicators.convention_id AND access.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON indicators TO entente_service;
GRANT UPDATE (version, agreed_at) ON indicators TO entente_service;

-- What is only ever added, each line in the name of the one who acts.
ALTER TABLE indicator_acceptances ENABLE ROW LEVEL SECURITY;
ALTER TABLE indicator_acceptances FORCE ROW LEVEL SECURITY;
CREATE POLICY read_acceptances ON indicator_acceptances FOR SELECT TO entente_service
    USING (
        EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = indicator_acceptances.convention_id
        )
    );
CREATE POLICY accept_for_own_side ON indicator_acceptances FOR INSERT TO entente_service
    WITH CHECK (
        organization_id = actor_organization() AND person_id = actor_person()
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = indicator_acceptances.convention_id
              AND access.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON indicator_acceptances TO entente_service;

ALTER TABLE measures ENABLE ROW LEVEL SECURITY;
ALTER TABLE measures FORCE ROW LEVEL SECURITY;
CREATE POLICY read_measures ON measures FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = measures.convention_id));
CREATE POLICY record_in_own_name ON measures FOR INSERT TO entente_service
    WITH CHECK (
        organization_id = actor_organization() AND person_id = actor_person()
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = measures.convention_id AND access.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON measures TO entente_service;
