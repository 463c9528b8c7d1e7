# shellcheck shell=bash disable=SC2154  # variables of settings.sh
# The sample register, and a State that reads it: through the gateway with the CLI, as a case officer and an operator
# would.

load_register() {
  local file=$root/Services/Cases/Data/un-peacekeeping-fatalities-2025-04-04.csv
  local loaded=$state/register.loaded log=$state/log/register.log sum
  install_command
  sum=$(sha256sum "$file" | cut -c 1-64)
  [[ $(cat "$loaded" 2>/dev/null) != "$sum" ]] || return 0
  say "Loading the sample register"
  if "$state/bin/vigil" import un-fatalities "$file" --source "${file#"$root"/}" >"$log" 2>&1; then
    sed 's/^/  /' "$log" | head -n 12
  elif grep -q PUBLICATION_SUPERSEDED "$log"; then
    note "a later publication is on record already"
  else
    fail "the sample register does not load: $(head -n 1 "$log") (all of it is in $log)"
  fi
  printf '%s\n' "$sum" >"$loaded"
}

# The example's State, once: the operator lets it in, the case officer gives it what a Member State's system reads by.
enrol_example() {
  local said=$state/example.enrolled log=$state/log/example.log organisation principal role
  local operator=(--certificate "$state/tls/clients/operator.pem" --key "$state/tls/clients/operator.key")
  local why=(--reason 'example of deploy/up')
  [[ ! -e $said ]] || return 0
  : >"$log"
  if organisation=$(enrolled organisations/ access organisations create MLI --kind STATE \
    --display-name 'Mali (example)' "${why[@]}" "${operator[@]}") &&
    principal=$(enrolled principals/ access principals create "$organisation" \
      --certificate-uri spiffe://vigil.local/client/example-state --clearance CONFIDENTIAL \
      --display-name 'Example of a Member State' "${why[@]}" "${operator[@]}"); then
    for role in HST TPC NAT TRD; do
      enrolled principals/ access roles give "$principal" "$role" "${why[@]}" >/dev/null || not_enrolled
    done
    note "the client example-state reads for Mali"
  else
    grep -q RESOURCE_EXISTS "$log" || not_enrolled
    note "Mali, or the client example-state, is on record already"
  fi
  : >"$said"
}

# The name, which begins with $1, of what the command puts on record; fails when it does not.
enrolled() {
  local prefix=$1 name
  shift
  "$state/bin/vigil" "$@" --format json >>"$log" 2>&1 || return 1
  name=$(grep -o "\"name\":\"${prefix}[^\"]*" "$log" | tail -n 1)
  printf '%s\n' "${name#*:\"}"
}

not_enrolled() {
  fail "the example State cannot be enrolled: $(tail -n 1 "$state/log/example.log") (all of it is in $state/log/example.log)"
}
