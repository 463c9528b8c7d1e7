-- What cases are found by: the words of their texts, each text with what the policy asks of it, since nobody finds a case
-- by a text that is not shown.
--
-- Texts are in six languages and do not say in which, so a word is kept in the forms that each language which it may be of
-- makes of it: the stems of English, French and Spanish for Latin letters, of Russian, and of Arabic with and without the
-- particles that are written together with a word. Chinese has no spaces and is kept in pairs of signs that stand side by
-- side, and in single ones. How well that finds is measured by SearchRecallTests.

-- A text as words are taken from it: in small letters, with blanks for punctuation and for what divides the parts of
-- codes, and Arabic without the signs that writers leave out or exchange.
CREATE FUNCTION search_text(value text) RETURNS text IMMUTABLE PARALLEL SAFE LANGUAGE plpgsql AS $$
BEGIN
  IF octet_length(value) > length(value) THEN
    value := regexp_replace(
      lower(normalize(value, NFKC) COLLATE "und-x-icu"),
      '[\u00A0-\u00BF\u060C\u061B\u061F\u066A-\u066D\u06D4\u2000-\u206F\u3000-\u303F\uFF00-\uFF0F]', ' ', 'g');
    IF value ~ '[\u0600-\u06FF]' THEN
      value := translate(
        value, U&'\0623\0625\0622\0649\0629\0640\064B\064C\064D\064E\064F\0650\0651\0652\0670',
        U&'\0627\0627\0627\064A\0647');
    END IF;
    -- Russian is mostly written without the two dots.
    value := replace(value, U&'\0451', U&'\0435');
  ELSE
    value := lower(value);
  END IF;
  RETURN translate(value, '-/._:@''', '       ');
END $$;

CREATE FUNCTION without_accents(value text) RETURNS text IMMUTABLE PARALLEL SAFE LANGUAGE sql
RETURN translate(
  value,
  U&'\00E0\00E1\00E2\00E3\00E4\00E5\00E7\00E8\00E9\00EA\00EB\00EC\00ED\00EE\00EF\00F1\00F2\00F3\00F4\00F5\00F6\00F9\00FA\00FB\00FC\00FD\00FF',
  'aaaaaaceeeeiiiinooooouuuuyy');

-- The forms by which a text of that shape is found.
CREATE FUNCTION search_forms(plain text) RETURNS text[] IMMUTABLE PARALLEL SAFE LANGUAGE plpgsql AS $$
DECLARE
  words tsvector := '';
  signs text[];
  pairs text[] := '{}';
BEGIN
  IF plain ~ '[a-z0-9]' THEN
    words := to_tsvector('pg_catalog.english', plain) || to_tsvector('pg_catalog.french', plain)
      || to_tsvector('pg_catalog.spanish', plain);
  END IF;
  IF octet_length(plain) = length(plain) THEN
    RETURN tsvector_to_array(words);
  END IF;
  words := words || to_tsvector('pg_catalog.simple', plain);
  IF plain ~ '[\u0400-\u04FF]' THEN
    words := words || to_tsvector('pg_catalog.russian', plain);
  END IF;
  IF plain ~ '[\u0600-\u06FF]' THEN
    -- As it is; without "and" or "so" before it; without "in", "like", "to" and the article as well.
    words := words || to_tsvector('pg_catalog.arabic', plain)
      || to_tsvector('pg_catalog.arabic', regexp_replace(plain, U&'(^|\\s)[\0648\0641](?=\\S{3})', '\1', 'g'))
      || to_tsvector('pg_catalog.arabic', regexp_replace(
        plain,
        U&'(^|\\s)[\0648\0641]?(?:[\0628\0643]?\0627\0644|\0644\0644|[\0628\0643\0644])?(?=\\S{3})', '\1', 'g'));
  END IF;
  IF plain ~ '[\u3400-\u9FFF]' THEN
    signs := string_to_array(plain, NULL);
    pairs := ARRAY(
      SELECT p.former || p.latter
      FROM unnest(signs || signs, signs[2:] || array_fill(''::text, ARRAY[cardinality(signs) + 1])) AS p (former, latter)
      WHERE p.former ~ '[\u3400-\u9FFF]' AND p.latter ~ '^[\u3400-\u9FFF]?$');
  END IF;
  RETURN string_to_array(without_accents(array_to_string(tsvector_to_array(words), ' ')), ' ') || pairs;
END $$;

-- The codes in a text, such as numbers of cases and symbols of documents, each as one word.
CREATE FUNCTION search_codes(value text) RETURNS text[] IMMUTABLE PARALLEL SAFE LANGUAGE sql
RETURN ARRAY(
  SELECT DISTINCT lower(translate(m[1], '-/._', ''))
  FROM regexp_matches(value, '([A-Za-z0-9]+(?:[-/._][A-Za-z0-9]+)+)', 'g') AS m
);

-- For each word of a query the forms of which a text must have one. The small words of a language are left out; a code with
-- a digit in it is one word.
CREATE FUNCTION search_words(query text) RETURNS SETOF text[] IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT search_codes(m[1])
  FROM regexp_matches(query, '(?:^|\s)((?=\S*[0-9])[A-Za-z0-9]+(?:[-/._][A-Za-z0-9]+)+)(?=\s|$)', 'g') AS m
  UNION ALL
  SELECT CASE
    WHEN w.word ~ '^[\u3400-\u9FFF]' THEN ARRAY[w.word]
    ELSE search_forms(w.word) || search_forms(without_accents(w.word)) || without_accents(w.word)
  END
  FROM regexp_matches(
    search_text(
      regexp_replace(query, '(^|\s)(?=\S*[0-9])[A-Za-z0-9]+(?:[-/._][A-Za-z0-9]+)+(?=\s|$)', ' ', 'g')),
    '([\u3400-\u9FFF]+|[^\s\u3400-\u9FFF]+)', 'g') AS m,
    LATERAL (
      SELECT m[1] WHERE m[1] !~ '^[\u3400-\u9FFF]'
      UNION ALL
      SELECT substr(m[1], n, 2) FROM generate_series(1, greatest(1, length(m[1]) - 1)) AS n
      WHERE m[1] ~ '^[\u3400-\u9FFF]'
    ) AS w (word)
  WHERE w.word ~ '^[\u3400-\u9FFF]' OR (
    to_tsvector('pg_catalog.english', w.word) <> '' AND to_tsvector('pg_catalog.french', w.word) <> ''
    AND to_tsvector('pg_catalog.spanish', w.word) <> '' AND to_tsvector('pg_catalog.russian', w.word) <> '')
$$;

CREATE TABLE case_texts (
  -- Of the record that has the text.
  id uuid NOT NULL,
  case_id uuid NOT NULL REFERENCES cases,
  -- Numbers of Shared/Policy (DataClass); a victim has texts of two classes.
  data_class smallint NOT NULL,
  -- As in victims.
  owners text[] NOT NULL,
  released_to text[] NOT NULL,
  is_embargoed boolean NOT NULL,
  classification smallint NOT NULL,
  -- Who stands in a relation to the case: narrows a search down to what its reader has to do with. The policy decides.
  parties text[] NOT NULL,
  forms text[] NOT NULL,
  PRIMARY KEY (id, data_class)
);
CREATE INDEX case_texts_by_case ON case_texts (case_id);
CREATE INDEX case_texts_by_form ON case_texts USING gin (forms, parties);

CREATE FUNCTION parties_of_case(id uuid) RETURNS text[] STABLE LANGUAGE sql
RETURN ARRAY(
  SELECT DISTINCT r.party FROM case_relation_records r WHERE r.case_id = id AND r.ended_at = 'infinity' ORDER BY 1
);

-- The texts of records of a table. What States propose is not among them: nobody else sees it.
CREATE FUNCTION texts_of_records(source text, ids uuid[])
RETURNS TABLE (
  id uuid, case_id uuid, data_class smallint, owners text[], released_to text[], is_embargoed boolean,
  classification smallint, content text
)
STABLE LANGUAGE plpgsql AS $$
BEGIN
  CASE source
    WHEN 'cases' THEN RETURN QUERY
      SELECT c.id, c.id, 0::smallint, '{}'::text[], '{}'::text[], false, 0::smallint,
        concat_ws(' ', c.display_number, m.code, m.display_name)
      FROM cases c JOIN missions m ON m.id = c.mission_id WHERE c.id = ANY(ids);
    WHEN 'victims' THEN RETURN QUERY
      SELECT v.id, v.case_id, t.data_class, v.owners, v.released_to, v.is_embargoed, v.classification, t.content
      FROM victims v, LATERAL (
        VALUES (2::smallint, concat_ws(' ', v.nationality_name, v.nationality_code)), (3::smallint, v.casualty_id)
      ) AS t (data_class, content)
      WHERE v.id = ANY(ids) AND NOT v.withdrawn;
    WHEN 'suspects' THEN RETURN QUERY
      SELECT s.id, s.case_id, 5::smallint,
        ARRAY(
          SELECT DISTINCT p.party FROM tracks t JOIN proceedings p ON p.id = t.proceeding_id
          WHERE t.case_id = s.case_id AND t.suspect_id = s.id),
        '{}'::text[], false, 0::smallint, concat_ws(' ', s.alias, s.affiliation)
      FROM suspects s WHERE s.id = ANY(ids);
    WHEN 'communications' THEN RETURN QUERY
      SELECT m.id, m.case_id, 10::smallint, ARRAY[m.party], '{}'::text[], false, 0::smallint,
        concat_ws(' ', m.symbol, m.subject)
      FROM communications m WHERE m.id = ANY(ids);
    WHEN 'proceedings' THEN RETURN QUERY
      SELECT p.id, p.case_id, 11::smallint, ARRAY[p.party], '{}'::text[], false, 0::smallint,
        concat_ws(' ', p.authority, p.docket)
      FROM proceedings p WHERE p.id = ANY(ids);
    WHEN 'proceeding_facts' THEN RETURN QUERY
      SELECT f.id, f.case_id, 11::smallint, ARRAY[p.party], '{}'::text[], false, 0::smallint,
        concat_ws(' ', f.detail, f.document)
      FROM proceeding_facts f JOIN proceedings p ON p.id = f.proceeding_id WHERE f.id = ANY(ids);
    WHEN 'stage_assertions' THEN RETURN QUERY
      SELECT a.id, a.case_id, 11::smallint, coalesce(ARRAY[p.party], c.host_states), '{}'::text[], false, 0::smallint,
        concat_ws(' ', a.note, a.document)
      FROM stage_assertions a JOIN tracks t ON t.id = a.track_id JOIN cases c ON c.id = a.case_id
        LEFT JOIN proceedings p ON p.id = t.proceeding_id
      WHERE a.id = ANY(ids) AND a.note || a.document <> '';
  END CASE;
END $$;

-- Brings the texts of records in line with the records.
CREATE FUNCTION settle_texts(source text, ids uuid[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM case_texts WHERE id = ANY(ids);
  INSERT INTO case_texts (id, case_id, data_class, owners, released_to, is_embargoed, classification, parties, forms)
  SELECT t.id, t.case_id, t.data_class, coalesce(t.owners, '{}'), t.released_to, t.is_embargoed, t.classification,
    parties_of_case(t.case_id), search_forms(search_text(t.content)) || search_codes(t.content)
  FROM texts_of_records(source, ids) AS t;
$$;

-- Whatever writes a record writes its text in the same statement.
CREATE FUNCTION settle_changed_texts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM settle_texts(TG_TABLE_NAME, ARRAY(SELECT id FROM changed));
  RETURN NULL;
END $$;

-- Whose courts an accused stands before says whose record that is.
CREATE FUNCTION settle_accused_texts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM settle_texts('suspects', ARRAY(SELECT DISTINCT suspect_id FROM changed WHERE suspect_id IS NOT NULL));
  RETURN NULL;
END $$;

CREATE FUNCTION settle_text_parties() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE case_texts t SET parties = n.parties
  FROM (SELECT DISTINCT c.case_id, parties_of_case(c.case_id) AS parties FROM changed c) AS n
  WHERE t.case_id = n.case_id AND t.parties <> n.parties;
  RETURN NULL;
END $$;

-- After the relations: their names sort after those of migration 0003.
CREATE TRIGGER texts_inserted AFTER INSERT ON cases
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_changed_texts();
CREATE TRIGGER texts_inserted AFTER INSERT ON victims
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_changed_texts();
CREATE TRIGGER texts_updated AFTER UPDATE ON victims
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_changed_texts();
CREATE TRIGGER texts_deleted AFTER DELETE ON victims
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_changed_texts();
CREATE TRIGGER texts_inserted AFTER INSERT ON suspects
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_changed_texts();
CREATE TRIGGER texts_inserted AFTER INSERT ON communications
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_changed_texts();
CREATE TRIGGER texts_inserted AFTER INSERT ON proceedings
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_changed_texts();
CREATE TRIGGER texts_inserted AFTER INSERT ON proceeding_facts
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_changed_texts();
CREATE TRIGGER texts_inserted AFTER INSERT ON stage_assertions
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_changed_texts();
CREATE TRIGGER texts_inserted AFTER INSERT ON tracks
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_accused_texts();
CREATE TRIGGER texts_inserted AFTER INSERT ON case_relation_records
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_text_parties();
CREATE TRIGGER texts_updated AFTER UPDATE ON case_relation_records
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_text_parties();

-- What is on record already.
SELECT set_config('vigil.sees', 'all', true);
SELECT settle_texts('cases', ARRAY(SELECT id FROM cases));
SELECT settle_texts('victims', ARRAY(SELECT id FROM victims));
SELECT settle_texts('suspects', ARRAY(SELECT id FROM suspects));
SELECT settle_texts('communications', ARRAY(SELECT id FROM communications));
SELECT settle_texts('proceedings', ARRAY(SELECT id FROM proceedings));
SELECT settle_texts('proceeding_facts', ARRAY(SELECT id FROM proceeding_facts));
SELECT settle_texts('stage_assertions', ARRAY(SELECT id FROM stage_assertions));

-- The second wall of migration 0004 stands behind the cases that a search gives: every search joins them. Here it stands
-- for writing only. An index on arrays is of no use behind a policy, since PostgreSQL does not take their operators for
-- leakproof.
CREATE POLICY found ON case_texts FOR SELECT USING (true);
CREATE POLICY everything ON case_texts USING ((SELECT reader_sees_all()));
ALTER TABLE case_texts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
