-- Logging events is one statement, so one round trip: the chain's lock, the seals, the rows and the head.

-- SHA-256 over the previous seal and every field of the row that a reader could be deceived with. Each field is preceded
-- by its length in four bytes (-1 for NULL), so that no two rows have the same bytes. `shared/backbone/chain.py` computes it
-- again, from this description.
CREATE FUNCTION event_seal(
    previous bytea, event_id uuid, type text, aggregate_id uuid, version bigint, partnership_id uuid,
    occurred_at timestamptz, actor_person uuid, actor_organization uuid, data text
) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256(
        previous
        || '\x00000010' || uuid_send(event_id)
        || int4send(octet_length(type)) || convert_to(type, 'UTF8')
        || '\x00000010' || uuid_send(aggregate_id)
        || '\x00000008' || int8send(version)
        || coalesce('\x00000010' || uuid_send(partnership_id), '\xffffffff')
        || '\x00000008' || int8send((extract(epoch FROM occurred_at) * 1000000)::bigint)
        || coalesce('\x00000010' || uuid_send(actor_person), '\xffffffff')
        || coalesce('\x00000010' || uuid_send(actor_organization), '\xffffffff')
        || int4send(octet_length(data)) || convert_to(data, 'UTF8')
    )
$$;

-- Events of one aggregate that had `loaded` events when it was loaded; the actor is whoever the transaction acts for.
CREATE FUNCTION announce(
    aggregate uuid, loaded bigint, partnership uuid, happened timestamptz, trace text,
    ids uuid[], types text[], bodies text[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    chain CONSTANT uuid := coalesce(partnership, aggregate);
    person CONSTANT uuid := actor_person();
    organization CONSTANT uuid := actor_organization();
    before bytea;
    seal bytea;
BEGIN
    -- Inserting first and locking on conflict makes the first two events of one chain queue like any others.
    INSERT INTO event_chain AS chains (chain_id, hash, length) VALUES (chain, decode(repeat('00', 32), 'hex'), cardinality(ids))
    ON CONFLICT (chain_id) DO UPDATE SET length = chains.length + cardinality(ids)
    RETURNING hash INTO seal;
    FOR i IN 1 .. cardinality(ids) LOOP
        before := seal;
        seal := event_seal(
            before, ids[i], types[i], aggregate, loaded + i, partnership, happened, person, organization, bodies[i]
        );
        INSERT INTO event_log (event_id, type, aggregate_id, version, partnership_id, occurred_at,
                               actor_person, actor_organization, traceparent, data, chain_id, previous_hash, hash)
        VALUES (ids[i], types[i], aggregate, loaded + i, partnership, happened,
                person, organization, trace, bodies[i], chain, before, seal);
    END LOOP;
    UPDATE event_chain SET hash = seal WHERE chain_id = chain;
    INSERT INTO event_head (aggregate_id, version, changed_at) VALUES (aggregate, loaded + cardinality(ids), happened)
    ON CONFLICT (aggregate_id) DO UPDATE SET version = excluded.version, changed_at = excluded.changed_at;
END
$$;

-- Rows that were sealed before the seal covered who acted, when, and for which partnership.
DO $$
DECLARE
    logged record;
    chain uuid;
    seal bytea;
BEGIN
    FOR logged IN SELECT * FROM event_log ORDER BY chain_id, seq LOOP
        IF chain IS DISTINCT FROM logged.chain_id THEN
            chain := logged.chain_id;
            seal := decode(repeat('00', 32), 'hex');
        END IF;
        UPDATE event_log
        SET previous_hash = seal,
            hash = event_seal(seal, logged.event_id, logged.type, logged.aggregate_id, logged.version,
                              logged.partnership_id, logged.occurred_at, logged.actor_person,
                              logged.actor_organization, logged.data)
        WHERE seq = logged.seq RETURNING hash INTO seal;
        UPDATE event_chain SET hash = seal WHERE chain_id = chain;
    END LOOP;
END
$$;
