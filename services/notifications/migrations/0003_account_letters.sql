-- Letters about somebody's own account: an e-mail that tells no notice and concerns no convention.
-- depends: 0002_ledger

ALTER TABLE deliveries
    ALTER COLUMN notice_id DROP NOT NULL,
    ALTER COLUMN event_id DROP NOT NULL,
    ALTER COLUMN convention_id DROP NOT NULL,
    ADD CONSTRAINT deliveries_tell_a_notice_or_an_account
        CHECK (num_nonnulls(notice_id, event_id, convention_id) = CASE kind WHEN 'password_reset' THEN 0 ELSE 3 END);

CREATE INDEX deliveries_about_accounts ON deliveries (recipient, created_at) WHERE notice_id IS NULL;
