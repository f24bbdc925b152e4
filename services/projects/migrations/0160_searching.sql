-- depends: 0100_rebuilding
-- Conventions are found by the words of their title, their aim and the names of their parties, without accents.

CREATE EXTENSION IF NOT EXISTS unaccent;

CREATE FUNCTION folded(written text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT lower(unaccent(written)) $$;

-- Small enough to be read row after row: row-level security lets no index be asked what a text contains.
ALTER TABLE conventions ADD COLUMN search_words text NOT NULL DEFAULT '';

CREATE FUNCTION gather_search_words() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    UPDATE conventions SET search_words = folded(concat_ws(' ', title, aim, (
        SELECT string_agg(name, ' ' ORDER BY side DESC, name) FROM convention_parties AS party
        WHERE party.convention_id = conventions.convention_id
    )))
    WHERE convention_id = NEW.convention_id;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION gather_search_words() FROM PUBLIC;
CREATE TRIGGER gather_search_words AFTER INSERT OR UPDATE OF title, aim ON conventions
    FOR EACH ROW EXECUTE FUNCTION gather_search_words();
CREATE TRIGGER gather_search_words AFTER INSERT ON convention_parties
    FOR EACH ROW EXECUTE FUNCTION gather_search_words();
-- Written by the triggers only, with the rights of the owner.
CREATE POLICY words_by_triggers ON conventions TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY words_by_triggers ON convention_parties FOR SELECT TO CURRENT_USER USING (true);

UPDATE conventions SET search_words = folded(concat_ws(' ', title, aim, (
    SELECT string_agg(name, ' ' ORDER BY side DESC, name) FROM convention_parties AS party
    WHERE party.convention_id = conventions.convention_id
)));

-- A page of the list begins where the one before it ended.
CREATE INDEX conventions_by_change ON conventions (changed_at DESC, convention_id DESC);
