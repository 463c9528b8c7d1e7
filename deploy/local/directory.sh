# shellcheck shell=bash disable=SC2154  # variables of settings.sh
# Who may use a new system: two who administer it, and a State's system as an example.

# The first operator and the first case officer, once: who they are is shown then, and by what certificates; and the
# first administrator, a person, with the invitation by which it sets its password.
begin_directory() {
  local log=$state/log/access-bootstrap.log said=$state/directory.begun
  [[ ! -e $said ]] || return 0
  umask_private "$log"
  (
    choose_environment VIGIL_CONFIG="$state/config/access.yaml" VIGIL_DATABASE_URL="$(service_url access)" \
      "$state/libexec/vigil-access" bootstrap --operator spiffe://vigil.local/client/operator \
      --case-officer spiffe://vigil.local/client/case-officer --administrator administrator
    exec "${command[@]}"
  ) >"$log" 2>&1 </dev/null || fail "the directory cannot be begun: $(tail -n 1 "$log") (all of it is in $log)"
  if grep -q '^there are principals' "$log"; then
    note "the directory has its principals already"
  else
    say "The first who may administer (it takes both to let somebody in):"
    sed 's/^/  /' "$log"
    note "the administrator sets a password with: ${state#"$PWD"/}/bin/vigil enrol"
    # Shown once and kept nowhere.
    sed -i '/^invitation /d' "$log"
  fi
  : >"$said"
}

# keep_keys COMMAND FILE: the public keys that access control signs with, from its own schema, before anything listens:
# of policies, which every service pins, and of the log, for `vigil audit verify --key`.
keep_keys() {
  local log=$state/log/access-$1.log
  (
    choose_environment VIGIL_CONFIG="$state/config/access.yaml" VIGIL_DATABASE_URL="$(service_url access)" \
      "$state/libexec/vigil-access" "$1"
    exec "${command[@]}"
  ) >"$2.new" 2>"$log" </dev/null || fail "the keys cannot be read: $(tail -n 1 "$log") (all of it is in $log)"
  if cmp -s "$2.new" "$2"; then rm "$2.new"; else mv -f "$2.new" "$2"; fi
}

# A State's system, let in as any is: the operator puts it on record, the case officer gives it what a State reads by.
# Mali, whose soil MINUSMA stood on, since the sample register has cases of that mission; it says nothing of that State. In
# an exercise one of its States, which sees about one case in a hundred.
enrol_example() {
  local party=MLI name=Mali
  [[ $VIGIL_EXERCISE != true ]] || party=QOS name="a State of the exercise"
  local said=$state/directory.example log=$state/log/access-example.log organisation principal role
  local why=(--reason "example of a new system")
  [[ ! -e $said ]] || return 0
  if "$state/bin/vigil" access organisations list --filter "party = $party" --format csv 2>"$log" | grep -q "$party"; then
    : >"$said"
    return
  fi
  organisation=$(made_by operator organisations create "$party" --kind STATE --display-name "$name (example)" "${why[@]}")
  principal=$(made_by operator principals create "$organisation" --clearance CONFIDENTIAL \
    --certificate-uri spiffe://vigil.local/client/example-state --display-name "Example of a Member State" "${why[@]}")
  for role in HST TPC NAT TRD; do
    made_by case-officer roles give "$principal" "$role" "${why[@]}" >/dev/null
  done
  note "the client example-state reads for $name"
  : >"$said"
}

# made_by IDENTITY COMMAND…: makes something in the directory, prints its name.
made_by() {
  "$state/bin/vigil" access "${@:2}" --as "$1" --format json 2>"$log" | sed -n 's/.*"name": *"\([^"]*\)".*/\1/p' | grep . ||
    fail "the example of a State's system cannot be let in: $(head -n 1 "$log") (all of it is in $log)"
}
