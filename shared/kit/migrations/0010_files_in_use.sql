-- depends: 0007_files
-- A name is let go once nothing refers to it: every table that refers to a file says so by a foreign key, and the key is
-- asked. So no table can be forgotten, and what another transaction is about to refer to is waited for.

GRANT DELETE, UPDATE (named_at) ON stored_files TO entente_service;

CREATE FUNCTION file_in_use(hash text, before timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM stored_files WHERE sha256 = hash AND named_at < before;
    RETURN EXISTS (SELECT FROM stored_files WHERE sha256 = hash);
EXCEPTION WHEN foreign_key_violation THEN
    RETURN true;
END
$$;
