-- What can tell that two cases are one: words of names, folded so that one name is found however it is written in Latin,
-- Cyrillic, Greek or Arabic letters, and identifiers of other systems.
--
-- None of the contributed extensions does it: unaccent knows no Arabic, dmetaphone and soundex only English, the trigrams of
-- pg_trgm are of letters as written; and under row-level security no index serves operators that may leak, which theirs
-- and those of arrays are. So names become words of consonants here, and words are found by equality.

-- The words of a name without vowels, with letters that are written for one another made one: `Muhammad`, `Mohamed`,
-- `Мухаммад` and `محمد` are all `mhmt`.
CREATE FUNCTION name_marks(name text) RETURNS text[] IMMUTABLE STRICT LANGUAGE sql
RETURN ARRAY(
  SELECT DISTINCT mark
  FROM regexp_split_to_table(
    -- No letter's mark (NFKD), no apostrophe, no Arabic vowel sign.
    translate(
      regexp_replace(
        lower(normalize(name, NFKD) COLLATE "und-x-icu"), '[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670]', '', 'g'),
      '''’ʼʿʾ`', ''),
    '[\s\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e\u2010-\u2015\u060c]+') AS word,
    -- Without the article, and letters that two stand for.
    LATERAL (SELECT regexp_replace(word, '^ال(?=..)', '') AS bare) AS b,
    LATERAL (
      SELECT regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
        replace(bare, 'x', 'ks'), 'sch|tch|sh|ch|zh|ts|dz|dj', 's', 'g'), 'kh', 'h', 'g'), 'gh', 'k', 'g'), 'th|dh', 't', 'g'), 'ph', 'f', 'g')
        AS single
    ) AS s,
    LATERAL (
      SELECT translate(single,
        'bpdtkqcgxszjfvlmnrhßłđðþбпвгдтжзсцчшщкґлмнрфхβπγκχδθτζξσςψλμνρφبپتثجحخدذرزژسشصضطظغفقكکگلمنهچ'
          || 'aeiouywøæœıаеиоуъыьэюяієўαεηιουωاأإآءئؤىيیعوة',
        'bbttkkkkksssfflmnrhslttt' || 'bbfkttssssssskklmnrfh' || 'bbkkhtttskssslmnrf' || 'bbttshhttrsssssttskfkkkklmnhs')
        AS consonants
    ) AS c,
    LATERAL (SELECT regexp_replace(regexp_replace(consonants, '(.)\1+', '\1', 'g'), '(.)h$', '\1') AS mark) AS m
  WHERE char_length(mark) >= 2
);

CREATE TABLE case_marks (
  -- 1 a word of a name, 2 an identifier of another system.
  kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 2),
  mark text NOT NULL,
  case_id uuid NOT NULL REFERENCES cases,
  PRIMARY KEY (mark, kind, case_id)
);
CREATE INDEX case_marks_by_case ON case_marks (case_id);
CREATE INDEX victims_by_casualty ON victims (casualty_id) WHERE casualty_id <> '';

-- Brings the marks of cases in line with what is on record of them. They are made of it, and are no record.
CREATE FUNCTION settle_marks(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM case_marks WHERE case_id = ANY(ids);
  INSERT INTO case_marks (kind, mark, case_id)
  SELECT 1, m.mark, v.case_id FROM victims v, unnest(name_marks(v.person)) AS m (mark)
  WHERE v.case_id = ANY(ids) AND NOT v.withdrawn AND v.person <> ''
  UNION
  SELECT 1, m.mark, s.case_id FROM suspects s, unnest(name_marks(s.alias)) AS m (mark) WHERE s.case_id = ANY(ids)
  UNION
  SELECT 2, m.mark, a.case_id FROM incident_accounts a, unnest(a.external_ids) AS m (mark)
  WHERE a.case_id = ANY(ids)
    AND NOT EXISTS (
      SELECT FROM incident_accounts n WHERE n.incident_id = a.incident_id AND n.revision > a.revision
    );
$$;

-- Victims without a name have no marks, and cost nothing.
CREATE FUNCTION settle_marks_of_victims() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM changed WHERE person <> '') THEN
    PERFORM settle_marks(ARRAY(SELECT DISTINCT case_id FROM changed WHERE person <> ''));
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION settle_marks_of_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM settle_marks(ARRAY(SELECT DISTINCT case_id FROM changed));
  RETURN NULL;
END $$;

CREATE TRIGGER mark_inserted AFTER INSERT ON victims
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_marks_of_victims();
CREATE TRIGGER mark_updated AFTER UPDATE ON victims
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_marks_of_victims();
CREATE TRIGGER mark_left AFTER UPDATE ON victims
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_marks_of_victims();
CREATE TRIGGER mark_inserted AFTER INSERT ON suspects
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_marks_of_entries();
CREATE TRIGGER mark_inserted AFTER INSERT ON incident_accounts
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_marks_of_entries();

-- The second wall of migration 0004: nobody reads them but the service in its own work.
CREATE POLICY everything ON case_marks USING ((SELECT reader_sees_all()));
ALTER TABLE case_marks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- What is on record already.
SELECT set_config('vigil.sees', 'all', true);
SELECT settle_marks(ARRAY(SELECT DISTINCT case_id FROM suspects));
