-- The directory: public facts about organisations, and the words that they are found by.
-- depends: 0001_event_log

-- A trusted extension: the owner of the database may create it, no superuser needed.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

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

-- The words by which each organisation is found. No row-level security here: it would keep PostgreSQL from using the
-- index (array operators are not leakproof), and there is nothing in it but words of public registers.
CREATE TABLE organization_words (
    organization_id uuid PRIMARY KEY REFERENCES organization,
    side text NOT NULL,
    -- What a list without a question is sorted by: the name as a dictionary sorts it.
    sort_name text COLLATE "C" NOT NULL,
    name_words text[] NOT NULL,
    all_words text[] NOT NULL
);
CREATE INDEX organization_words_all ON organization_words USING gin (all_words) WITH (fastupdate = off);
CREATE INDEX organization_words_sorted ON organization_words (sort_name, organization_id);
CREATE INDEX organization_words_sorted_by_side ON organization_words (side, sort_name, organization_id);
GRANT SELECT, INSERT ON organization_words TO entente_service;

-- The vocabulary of the directory: what a mistyped or unfinished word could have meant, and how often it is used.
CREATE TABLE search_word (
    word text COLLATE "C" PRIMARY KEY,
    uses bigint NOT NULL
);
CREATE INDEX search_word_trigrams ON search_word USING gin (word gin_trgm_ops) WITH (fastupdate = off);
GRANT SELECT, INSERT, UPDATE ON search_word TO entente_service;

-- Two mistypes exchange letters or miss one: such words share few trigrams when they are short, so the threshold is
-- lower than the extension's own, and the count of errors decides.
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;

CREATE FUNCTION words_like(typed text, at_most integer) RETURNS SETOF search_word
LANGUAGE sql STABLE PARALLEL SAFE
SET pg_trgm.similarity_threshold = 0.18
AS $$
    SELECT word, uses FROM search_word
    WHERE length(typed) BETWEEN 4 AND 40 AND word % typed AND levenshtein_less_equal(word, typed, 2) <= 2
    ORDER BY levenshtein_less_equal(word, typed, 2), uses DESC LIMIT at_most
$$;
