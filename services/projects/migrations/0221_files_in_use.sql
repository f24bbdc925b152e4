-- depends: 0220_room_files 0133_signing_on_paper 0010_files_in_use
-- Whatever refers to a file says so by a foreign key, and is found by its hash.

CREATE INDEX room_files_by_hash ON room_files (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX annex_revisions_by_hash ON annex_revisions (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX paper_scans_by_hash ON paper_scans (sha256);
ALTER TABLE paper_scans ADD FOREIGN KEY (sha256) REFERENCES stored_files;
