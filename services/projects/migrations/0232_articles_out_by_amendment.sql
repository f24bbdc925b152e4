-- depends: 0231_parties_gone
-- An amendment takes an article in force out of the text: a revision that says so, accepted like any other.

ALTER TABLE clause_revisions ADD COLUMN withdrawn boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN clause_revisions.withdrawn IS 'In an amendment: by this revision the article is to go.';
