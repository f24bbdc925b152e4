-- People, as whom they speak, and the mandates of référents. Everything here belongs to rooms: row-level security.
-- depends: 0002_partnerships

CREATE TABLE person (
    person_id uuid PRIMARY KEY,
    version bigint NOT NULL,
    given_name text NOT NULL,
    family_name text NOT NULL,
    email text NOT NULL UNIQUE CHECK (email = lower(email)),
    language text NOT NULL DEFAULT 'fr',
    state text NOT NULL CHECK (state IN ('invited', 'active')),
    added_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE (version, given_name, family_name, state) ON person TO entente_service;

CREATE TABLE affiliation (
    affiliation_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES person,
    organization_id uuid NOT NULL REFERENCES organization,
    function text NOT NULL,
    administrator boolean NOT NULL,
    signatory boolean NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz CHECK (ended_at >= started_at)
);
CREATE UNIQUE INDEX affiliation_current ON affiliation (person_id, organization_id) WHERE ended_at IS NULL;
CREATE INDEX affiliation_organization ON affiliation (organization_id) WHERE ended_at IS NULL;
GRANT SELECT, INSERT, UPDATE (signatory) ON affiliation TO entente_service;

-- Who belongs, or belonged, to which organisation: ids and flags only, open so that policies can read it without asking
-- themselves. Only the trigger below writes it.
CREATE TABLE membership (
    person_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    administrator boolean NOT NULL,
    signatory boolean NOT NULL,
    is_current boolean NOT NULL,
    PRIMARY KEY (person_id, organization_id)
);
CREATE INDEX membership_organization ON membership (organization_id) WHERE is_current;
GRANT SELECT ON membership TO entente_service;

CREATE FUNCTION keep_membership() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    INSERT INTO membership (person_id, organization_id, administrator, signatory, is_current)
    VALUES (NEW.person_id, NEW.organization_id, NEW.administrator, NEW.signatory, NEW.ended_at IS NULL)
    ON CONFLICT (person_id, organization_id) DO UPDATE
    SET administrator = excluded.administrator, signatory = excluded.signatory, is_current = excluded.is_current;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION keep_membership() FROM PUBLIC;
CREATE TRIGGER affiliation_keeps_membership AFTER INSERT OR UPDATE ON affiliation
    FOR EACH ROW EXECUTE FUNCTION keep_membership();

CREATE TABLE mandate (
    mandate_id uuid PRIMARY KEY,
    version bigint NOT NULL,
    convention_id uuid NOT NULL,
    organization_id uuid NOT NULL REFERENCES organization,
    person_id uuid NOT NULL REFERENCES person,
    proposed_by uuid NOT NULL REFERENCES organization,
    proposed_by_person uuid NOT NULL REFERENCES person,
    proposed_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('proposed', 'accepted', 'declined', 'ended')),
    answered_at timestamptz,
    decline_reason text
);
CREATE UNIQUE INDEX mandate_open ON mandate (convention_id, organization_id, person_id)
    WHERE state IN ('proposed', 'accepted');
CREATE INDEX mandate_person ON mandate (person_id);
GRANT SELECT, INSERT, UPDATE (version, state, answered_at, decline_reason) ON mandate TO entente_service;

-- The organisation as which the actor speaks, provided that she belongs to it at this moment.
CREATE FUNCTION speaking_organization() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT organization_id FROM membership
    WHERE person_id = actor_person() AND organization_id = actor_organization() AND is_current
$$;

-- Whether an organisation is the actor's own, or shares with it a partnership that both can read.
CREATE FUNCTION is_partner(other uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT other = speaking_organization() OR EXISTS (
        SELECT FROM party ours JOIN party theirs USING (convention_id)
        WHERE ours.organization_id = speaking_organization() AND ours.reads
          AND theirs.organization_id = other AND theirs.reads
    )
$$;

-- Whether the actor's organisation reads a convention.
CREATE FUNCTION reads_convention(which uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT EXISTS (
        SELECT FROM party WHERE convention_id = which AND organization_id = speaking_organization() AND reads
    )
$$;

-- Whether the actor's organisation has a reason to know who somebody is: a colleague, a partner's member, or a person
-- who was asked to be a référent (policies of `mandate` decide which of those she sees). Who left stays known by name,
-- because what she did stays in the timeline.
CREATE FUNCTION knows_person(who uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT EXISTS (SELECT FROM membership WHERE person_id = who AND is_partner(organization_id))
        OR EXISTS (SELECT FROM mandate WHERE person_id = who)
$$;

-- Whether the actor administers the organisation as which she speaks, and it is this one.
CREATE FUNCTION administers(organization uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT EXISTS (
        SELECT FROM membership
        WHERE person_id = actor_person() AND organization_id = organization AND is_current AND administrator
    ) AND organization = actor_organization()
$$;

CREATE FUNCTION has_administrator(organization uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT EXISTS (
        SELECT FROM membership WHERE organization_id = organization AND is_current AND administrator
    )
$$;

ALTER TABLE person ENABLE ROW LEVEL SECURITY;
ALTER TABLE person FORCE ROW LEVEL SECURITY;
CREATE POLICY person_known ON person FOR SELECT TO entente_service
    USING ((SELECT acts_as_service()) OR person_id = (SELECT actor_person()) OR knows_person(person_id));
CREATE POLICY person_added_by_the_service ON person FOR INSERT TO entente_service
    WITH CHECK ((SELECT acts_as_service()));
CREATE POLICY person_changed_by_herself_or_her_administrator ON person FOR UPDATE TO entente_service
    USING (
        (SELECT acts_as_service())
        OR person_id = (SELECT actor_person())
        OR EXISTS (
            SELECT FROM membership
            WHERE membership.person_id = person.person_id AND is_current AND administers(organization_id)
        )
    );

ALTER TABLE affiliation ENABLE ROW LEVEL SECURITY;
ALTER TABLE affiliation FORCE ROW LEVEL SECURITY;
CREATE POLICY affiliation_own_or_of_a_partner ON affiliation FOR SELECT TO entente_service
    USING ((SELECT acts_as_service()) OR person_id = (SELECT actor_person()) OR is_partner(organization_id));
CREATE POLICY affiliation_by_invitation ON affiliation FOR INSERT TO entente_service
    WITH CHECK (
        (SELECT acts_as_service())
        OR (
            person_id = (SELECT actor_person())
            AND EXISTS (
                SELECT FROM mandate
                WHERE mandate.person_id = affiliation.person_id
                  AND mandate.organization_id = affiliation.organization_id
                  AND mandate.state = 'proposed'
            )
        )
    );
CREATE POLICY affiliation_changed_by_an_administrator_or_where_there_is_none ON affiliation FOR UPDATE TO entente_service
    USING (
        (SELECT acts_as_service())
        OR administers(organization_id)
        OR (person_id = (SELECT actor_person()) AND NOT has_administrator(organization_id))
    );

ALTER TABLE mandate ENABLE ROW LEVEL SECURITY;
ALTER TABLE mandate FORCE ROW LEVEL SECURITY;
CREATE POLICY mandate_own_or_of_a_party ON mandate FOR SELECT TO entente_service
    USING (
        (SELECT acts_as_service())
        OR person_id = (SELECT actor_person())
        OR reads_convention(convention_id)
    );
CREATE POLICY mandate_proposed_by_a_party ON mandate FOR INSERT TO entente_service
    WITH CHECK (
        proposed_by_person = (SELECT actor_person())
        AND proposed_by = (SELECT speaking_organization())
        AND reads_convention(convention_id)
    );
CREATE POLICY mandate_answered_by_the_person ON mandate FOR UPDATE TO entente_service
    USING (person_id = (SELECT actor_person()));
