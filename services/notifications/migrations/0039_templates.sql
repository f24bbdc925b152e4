-- depends: 0038_entrusted
-- A notice may be about a template, which belongs to no convention.

ALTER TABLE notices
    ALTER COLUMN convention_id DROP NOT NULL,
    ADD COLUMN template_id uuid,
    ADD CONSTRAINT notices_are_about_something CHECK (num_nonnulls(convention_id, template_id) = 1);

ALTER TABLE deliveries
    DROP CONSTRAINT deliveries_tell_a_notice_or_an_account,
    ADD CONSTRAINT deliveries_tell_a_notice_or_an_account CHECK (
        num_nonnulls(notice_id, event_id) = CASE kind WHEN 'password_reset' THEN 0 ELSE 2 END
        AND (convention_id IS NULL) = (kind IN ('password_reset', 'template_shared'))
    );

-- Who administers an organisation and who negotiates for it is asked outside any convention too.
CREATE INDEX mandates_of_organization ON mandates (organization_id) WHERE state = 'accepted';
