# shellcheck shell=bash disable=SC2154  # variables of settings.sh
# The sample register: loaded through the gateway with the CLI, as the case officer.

load_register() {
  local file=$root/Services/Cases/Data/un-peacekeeping-fatalities-2025-04-04.csv
  [[ $VIGIL_EXERCISE != true ]] || return 0
  local loaded=$state/register.loaded log=$state/log/register.log sum
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
