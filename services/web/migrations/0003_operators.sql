-- Who looks after the platform, and sees the pages of its operation. Named from the command line only.
-- depends: 0001_accounts

ALTER TABLE accounts ADD COLUMN operator boolean NOT NULL DEFAULT false;
