-- The directory: public facts about organisations, and the words that they are found by.
-- depends: 0001_event_log

-- Trusted extensions: the owner of the database may create them, no superuser needed.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;
CREATE EXTENSION IF NOT EXISTS intarray;

CREATE TABLE organization (
    organization_id uuid PRIMARY KEY,
    version bigint NOT NULL,
    side text NOT NULL CHECK (side IN ('establishment', 'association', 'third_party')),
    name text NOT NULL,
    kind text NOT NULL,
    finess text UNIQUE,
    siren text UNIQUE,
    rna text UNIQUE,
    street text NOT NULL,
    postal_code text NOT NULL,
    city text NOT NULL,
    purpose text NOT NULL,
    registered_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON organization TO entente_service;

ALTER TABLE organization ENABLE ROW LEVEL SECURITY;
ALTER TABLE organization FORCE ROW LEVEL SECURITY;
CREATE POLICY organization_for_whoever_acts ON organization FOR SELECT TO entente_service
    USING ((SELECT acts_as_service()) OR (SELECT actor_person()) IS NOT NULL);
CREATE POLICY organization_by_the_service ON organization FOR INSERT TO entente_service
    WITH CHECK ((SELECT acts_as_service()));

-- The words by which each organisation is found, as numbers (the CRC-32 of each word): counting the answers of a broad
-- question over integers takes a third of the time it takes over texts. Open, without row-level security: it would
-- keep PostgreSQL from using the index (array operators are not leakproof), and these are words of public registers.
CREATE TABLE organization_words (
    organization_id uuid PRIMARY KEY REFERENCES organization,
    side text NOT NULL,
    -- The name as a dictionary sorts it.
    sort_name text COLLATE "C" NOT NULL,
    -- How many words the name has: of two names that hold what was asked, the shorter one is nearer.
    length integer NOT NULL,
    name_words integer[] NOT NULL,
    all_words integer[] NOT NULL
);
CREATE INDEX organization_words_all ON organization_words USING gin (all_words gin__int_ops) WITH (fastupdate = off);
CREATE INDEX organization_words_nearest ON organization_words (length, sort_name, organization_id);
CREATE INDEX organization_words_sorted ON organization_words (sort_name, organization_id);
CREATE INDEX organization_words_sorted_by_side ON organization_words (side, sort_name, organization_id);
GRANT SELECT, INSERT ON organization_words TO entente_service;

-- The vocabulary of the directory: what a mistyped or unfinished word could have meant, and how often it is used. Open,
-- as the table above: words of public registers.
CREATE TABLE search_word (
    word text COLLATE "C" PRIMARY KEY,
    uses bigint NOT NULL
);
CREATE INDEX search_word_trigrams ON search_word USING gin (word gin_trgm_ops) WITH (fastupdate = off);
GRANT SELECT, INSERT, UPDATE ON search_word TO entente_service;

-- A word with exchanged letters shares few trigrams with the right one when it is short, so the threshold is lower than
-- the extension's own, and the count of errors decides.
CREATE FUNCTION words_like(typed text, at_most bigint) RETURNS SETOF search_word
LANGUAGE sql STABLE PARALLEL SAFE
SET pg_trgm.similarity_threshold = 0.18
AS $$
    SELECT word, uses FROM search_word
    WHERE length(typed) BETWEEN 4 AND 40 AND word % typed AND levenshtein_less_equal(word, typed, 2) <= 2
    ORDER BY levenshtein_less_equal(word, typed, 2), uses DESC LIMIT at_most
$$;
