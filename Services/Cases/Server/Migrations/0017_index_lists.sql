-- Lists by what few cases or victims have would look at all of them otherwise.

CREATE INDEX cases_by_act ON cases (act, incident_date, id);
CREATE INDEX cases_by_state ON cases (state, incident_date, id);
CREATE INDEX cases_by_count ON cases (victim_count, incident_date, id);
CREATE INDEX victims_by_category ON victims (category, case_id) WHERE NOT withdrawn;
