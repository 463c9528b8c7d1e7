-- Services decide by who takes part and by the embargoes too: their changes count like those of the policy.

CREATE TRIGGER counted AFTER INSERT OR UPDATE ON organisations EXECUTE FUNCTION count_policy_change();
CREATE TRIGGER counted AFTER INSERT OR UPDATE ON principals EXECUTE FUNCTION count_policy_change();
CREATE TRIGGER counted AFTER INSERT OR UPDATE ON role_assignments EXECUTE FUNCTION count_policy_change();
CREATE TRIGGER counted AFTER INSERT OR UPDATE ON delegations EXECUTE FUNCTION count_policy_change();
CREATE TRIGGER counted AFTER INSERT OR UPDATE ON embargoes EXECUTE FUNCTION count_policy_change();

-- The list of who takes part has grown by all who did so before.
UPDATE policy_state SET sequence = sequence + 1;
