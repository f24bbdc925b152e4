-- depends: 0080_access_while_asked
-- On which side each organisation of the directory stands: a projection of contacts' events, ids only.

CREATE TABLE organizations (
    organization_id uuid PRIMARY KEY,
    side text NOT NULL CHECK (side IN ('establishment', 'association', 'third_party'))
);

ALTER TABLE organizations ENABLE ROW LEVEL SECURITY;
ALTER TABLE organizations FORCE ROW LEVEL SECURITY;
-- The directory is open to whoever is signed in.
CREATE POLICY read_organizations ON organizations FOR SELECT TO entente_service
    USING (acts_as_service() OR actor_person() IS NOT NULL);
CREATE POLICY project_organizations ON organizations FOR INSERT TO entente_service
    WITH CHECK (acts_as_service());
GRANT SELECT, INSERT ON organizations TO entente_service;
