-- The change feed: which case has changed, and of which classes of data, so that everybody is told of changes to what it
-- may see. Nothing of the content is here. It is made of what is on record, and is no record: it is compacted.
--
-- Whatever changes a case writes its row in the same statement, by the triggers below: a table of a case's records that is
-- added later adds its own (feed_entries).
--
-- Order. Identifiers of transactions that have not ended are not below the snapshot's xmin, so below it nothing is added any
-- more: readers read there only, by (xact, id), and skip nothing however transactions overlap. The price: whatever
-- transaction of the cluster writes for long, such as an import, holds the feed up until it ends. (A logical copy of the
-- database into another cluster would begin its identifiers anew: begin the feed anew there as well, by a migration.)

CREATE SEQUENCE case_change_order;

CREATE TABLE case_changes (
  xact bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
  id bigint NOT NULL DEFAULT nextval('case_change_order'),
  case_id uuid NOT NULL,
  -- Number of vigil.feed.v1.Change.Part.
  part smallint NOT NULL CHECK (part BETWEEN 1 AND 8),
  -- The case was put on record; what else the same transaction writes of it has no row.
  is_creation boolean NOT NULL DEFAULT false,
  -- Of what has changed, each class of Shared/Policy (DataClass) by its bit; 0 for what is told by other rules.
  classes integer NOT NULL,
  -- Whose the changed record is, as in victims.
  owners text[] NOT NULL DEFAULT '{}',
  released_to text[] NOT NULL DEFAULT '{}',
  is_embargoed boolean NOT NULL DEFAULT false,
  classification smallint NOT NULL DEFAULT 0,
  -- Where who sees the case may have changed: the place in case_change_order from which on the facts are others, and all
  -- parties that ever stood in a relation to it.
  since bigint,
  parties text[],
  -- The facts as they were before, where it was these that changed.
  was_classification smallint,
  was_caveats integer,
  was_from date,
  was_until date,
  change_time timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (xact, id),
  CHECK ((since IS NULL) = (parties IS NULL)),
  CHECK (since IS NOT NULL OR was_classification IS NULL)
);
CREATE UNIQUE INDEX case_changes_creation ON case_changes (case_id) WHERE is_creation;
CREATE INDEX case_changes_sight ON case_changes (case_id, since) WHERE since IS NOT NULL;

-- Up to where changes are compacted, and up to where that is done: one row.
CREATE TABLE feed_horizon (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  xact bigint NOT NULL,
  id bigint NOT NULL,
  swept_xact bigint NOT NULL,
  swept_id bigint NOT NULL
);
INSERT INTO feed_horizon (xact, id, swept_xact, swept_id) VALUES (0, 0, 0, 0);

-- When a relation was begun and ended, in the order of changes: what its times do not tell where transactions overlap.
ALTER TABLE case_relation_records
  ADD began bigint NOT NULL DEFAULT 0,
  ADD ended bigint;
ALTER TABLE case_relation_records ALTER began SET DEFAULT nextval('case_change_order');
CREATE INDEX case_relation_records_ended ON case_relation_records (case_id) WHERE ended_at < 'infinity';

CREATE FUNCTION note_ended_relation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.ended := nextval('case_change_order');
  RETURN NEW;
END $$;
CREATE TRIGGER note_ended BEFORE UPDATE OF ended_at ON case_relation_records FOR EACH ROW
  WHEN (OLD.ended_at = 'infinity' AND NEW.ended_at < 'infinity') EXECUTE FUNCTION note_ended_relation();

-- Whether the running transaction has put the case on record.
CREATE FUNCTION is_created_now(created uuid) RETURNS boolean STABLE LANGUAGE sql
RETURN EXISTS (
  SELECT FROM case_changes n
  WHERE n.case_id = created AND n.is_creation AND n.xact = pg_current_xact_id()::text::bigint
);

CREATE FUNCTION parties_ever(related uuid) RETURNS text[] STABLE LANGUAGE sql
RETURN ARRAY(
  SELECT r.party FROM case_relation_records r WHERE r.case_id = related AND r.ended_at = 'infinity'
  UNION
  SELECT r.party FROM case_relation_records r WHERE r.case_id = related AND r.ended_at < 'infinity'
);

CREATE FUNCTION feed_created_cases() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO case_changes (case_id, part, is_creation, classes) SELECT n.id, 1, true, 1 FROM changed n;
  RETURN NULL;
END $$;

-- The number of victims, the revision and the times change with what has rows of its own: who may not see that learns
-- nothing of it here.
CREATE FUNCTION feed_changed_cases() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO case_changes (
    case_id, part, classes, since, parties, was_classification, was_caveats, was_from, was_until)
  SELECT n.id, 1, t.core | t.caveats, s.since, s.parties, s.classification, s.caveats, s.incident_from, s.incident_until
  FROM changed n JOIN former o ON o.id = n.id,
    LATERAL (
      SELECT
        CASE WHEN (
          n.display_number, n.mission_id, n.incident_date, n.incident_end_date, n.act, n.state, n.host_states,
          n.host_states_reviewed, n.data_set, n.source_classification, n.merged_into, n.classification
        ) IS DISTINCT FROM (
          o.display_number, o.mission_id, o.incident_date, o.incident_end_date, o.act, o.state, o.host_states,
          o.host_states_reviewed, o.data_set, o.source_classification, o.merged_into, o.classification
        ) THEN 1 ELSE 0 END AS core,
        CASE WHEN n.caveats <> o.caveats THEN 1 << 9 ELSE 0 END AS caveats
    ) AS t
    LEFT JOIN LATERAL (
      SELECT nextval('case_change_order') AS since, parties_ever(n.id) AS parties, o.classification, o.caveats,
        o.incident_from, o.incident_until
      WHERE (n.classification, n.caveats, n.incident_from, n.incident_until)
        IS DISTINCT FROM (o.classification, o.caveats, o.incident_from, o.incident_until)
    ) AS s ON true
  WHERE (t.core | t.caveats <> 0 OR s.since IS NOT NULL) AND NOT is_created_now(n.id);
  RETURN NULL;
END $$;

CREATE FUNCTION feed_begun_relations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO case_changes (case_id, part, classes, since, parties)
  SELECT n.case_id, 1, 0, min(n.began), parties_ever(n.case_id) FROM changed n
  WHERE NOT is_created_now(n.case_id) GROUP BY n.case_id;
  RETURN NULL;
END $$;

CREATE FUNCTION feed_ended_relations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO case_changes (case_id, part, classes, since, parties)
  SELECT n.case_id, 1, 0, min(n.ended), parties_ever(n.case_id) FROM changed n
  WHERE n.ended IS NOT NULL AND NOT is_created_now(n.case_id) GROUP BY n.case_id;
  RETURN NULL;
END $$;

-- Attributes 2, identity 3, kin and body 4, how many there are 14.
CREATE FUNCTION feed_added_victims() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO case_changes (case_id, part, classes, owners, released_to, is_embargoed, classification)
  SELECT DISTINCT n.case_id, 2, (1 << 2) | (1 << 14), n.owners, n.released_to, n.is_embargoed, n.classification
  FROM changed n WHERE NOT n.withdrawn AND NOT is_created_now(n.case_id);
  RETURN NULL;
END $$;

-- Told to those who see the victim as it is now and to those who saw it as it was, each of the classes that it sees.
CREATE FUNCTION feed_changed_victims() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO case_changes (case_id, part, classes, owners, released_to, is_embargoed, classification)
  SELECT DISTINCT s.case_id, 2, t.counted | t.attributes | t.identity | t.kin, s.owners, s.released_to, s.is_embargoed,
    s.classification
  FROM changed n JOIN former o ON o.id = n.id,
    LATERAL (
      SELECT (n.case_id, n.owners, n.released_to, n.is_embargoed, n.classification, n.withdrawn, n.head_count)
        IS DISTINCT FROM (o.case_id, o.owners, o.released_to, o.is_embargoed, o.classification, o.withdrawn, o.head_count)
        AS is_another
    ) AS a,
    LATERAL (
      SELECT
        CASE WHEN a.is_another THEN 1 << 14 ELSE 0 END AS counted,
        CASE WHEN a.is_another OR (
          n.category, n.subcategory, n.nationality_code, n.nationality_name, n.nationalities, n.contributing_state, n.sex,
          n.harm, n.employer, n.age_band, n.harm_date, n.death_date, n.release_date, n.return_date, n.incident_type,
          n.publication_date
        ) IS DISTINCT FROM (
          o.category, o.subcategory, o.nationality_code, o.nationality_name, o.nationalities, o.contributing_state, o.sex,
          o.harm, o.employer, o.age_band, o.harm_date, o.death_date, o.release_date, o.return_date, o.incident_type,
          o.publication_date
        ) THEN 1 << 2 ELSE 0 END AS attributes,
        CASE WHEN (n.casualty_id, n.person, n.rank, n.unit) IS DISTINCT FROM (o.casualty_id, o.person, o.rank, o.unit)
          THEN 1 << 3 ELSE 0 END AS identity,
        CASE WHEN (n.kin_notified_date, n.medical_note) IS DISTINCT FROM (o.kin_notified_date, o.medical_note)
          THEN 1 << 4 ELSE 0 END AS kin
    ) AS t,
    LATERAL (
      SELECT n.case_id, n.owners, n.released_to, n.is_embargoed, n.classification
      UNION SELECT o.case_id, o.owners, o.released_to, o.is_embargoed, o.classification
    ) AS s
  WHERE t.counted | t.attributes | t.identity | t.kin <> 0 AND NOT is_created_now(s.case_id);
  RETURN NULL;
END $$;

-- For a table of what is on record of a case: the part, the bits of the classes, and whose the record `n` is, in SQL.
CREATE FUNCTION feed_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format(
    'INSERT INTO case_changes (case_id, part, classes, owners)
     SELECT DISTINCT n.case_id, %s, %s, %s FROM changed n WHERE NOT is_created_now(n.case_id)',
    TG_ARGV[0]::smallint, TG_ARGV[1]::integer, TG_ARGV[2]);
  RETURN NULL;
END $$;

-- Before those that derive relations and texts, whose names sort after these.
CREATE TRIGGER fed_inserted AFTER INSERT ON cases
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION feed_created_cases();
CREATE TRIGGER fed_updated AFTER UPDATE ON cases
  REFERENCING NEW TABLE AS changed OLD TABLE AS former FOR EACH STATEMENT EXECUTE FUNCTION feed_changed_cases();
CREATE TRIGGER fed_inserted AFTER INSERT ON case_relation_records
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION feed_begun_relations();
CREATE TRIGGER fed_updated AFTER UPDATE ON case_relation_records
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION feed_ended_relations();
CREATE TRIGGER fed_inserted AFTER INSERT ON victims
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION feed_added_victims();
CREATE TRIGGER fed_updated AFTER UPDATE ON victims
  REFERENCING NEW TABLE AS changed OLD TABLE AS former FOR EACH STATEMENT EXECUTE FUNCTION feed_changed_victims();
CREATE TRIGGER fed_inserted AFTER INSERT ON incident_accounts
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION feed_entries(3, 1, '''{}''::text[]');
CREATE TRIGGER fed_inserted AFTER INSERT ON suspects
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION feed_entries(4, 32, '''{}''::text[]');
CREATE TRIGGER fed_inserted AFTER INSERT ON communications
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION feed_entries(5, 1024, 'ARRAY[n.party]');
CREATE TRIGGER fed_inserted AFTER INSERT ON proceedings
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION feed_entries(6, 2048, 'ARRAY[n.party]');
CREATE TRIGGER fed_inserted AFTER INSERT ON proceeding_facts
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION feed_entries(
    6, 2048, '(SELECT ARRAY[p.party] FROM proceedings p WHERE p.id = n.proceeding_id)');
CREATE TRIGGER fed_inserted AFTER INSERT ON tracks
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION feed_entries(
    6, 2048,
    'coalesce((SELECT ARRAY[p.party] FROM proceedings p WHERE p.id = n.proceeding_id),
      (SELECT c.host_states FROM cases c WHERE c.id = n.case_id))');
CREATE TRIGGER fed_inserted AFTER INSERT ON stage_assertions
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION feed_entries(
    6, 2048,
    'coalesce((SELECT ARRAY[p.party] FROM tracks t JOIN proceedings p ON p.id = t.proceeding_id WHERE t.id = n.track_id),
      (SELECT c.host_states FROM cases c WHERE c.id = n.case_id))');
CREATE TRIGGER fed_inserted AFTER INSERT ON case_proposals
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION feed_entries(7, 0, 'ARRAY[n.party]');
CREATE TRIGGER fed_updated AFTER UPDATE ON case_proposals
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION feed_entries(7, 0, 'ARRAY[n.party]');
CREATE TRIGGER fed_inserted AFTER INSERT ON case_closures
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION feed_entries(8, 0, '''{}''::text[]');
CREATE TRIGGER fed_updated AFTER UPDATE ON case_closures
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION feed_entries(8, 0, '''{}''::text[]');
CREATE TRIGGER fed_inserted AFTER INSERT ON case_regradings
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION feed_entries(8, 0, '''{}''::text[]');
CREATE TRIGGER fed_updated AFTER UPDATE ON case_regradings
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION feed_entries(8, 0, '''{}''::text[]');

CREATE TRIGGER keep BEFORE UPDATE OR TRUNCATE ON case_changes EXECUTE FUNCTION refuse_removal();

-- The second wall of migration 0004 stands behind the cases that a reading gives: every reading joins them, but for a case
-- that its reader sees no longer, which is judged by the policy. Here it stands for writing only: a reader has to know how
-- far it has read, whatever it may see of that.
CREATE POLICY found ON case_changes FOR SELECT USING (true);
CREATE POLICY everything ON case_changes USING ((SELECT reader_sees_all()));
ALTER TABLE case_changes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- What is on record already.
SELECT set_config('vigil.sees', 'all', true);
INSERT INTO case_changes (case_id, part, is_creation, classes, change_time)
SELECT id, 1, true, 1, create_time FROM cases ORDER BY create_time, id;
