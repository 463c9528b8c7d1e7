# shellcheck shell=bash disable=SC2154  # variables of settings.sh
# The sample register: loaded through the gateway with the CLI, as any operator would.

load_register() {
  local file=$root/Services/Cases/SampleData/un-peacekeeping-fatalities.csv loaded=$state/register.loaded sum
  install_command
  sum=$(sha256sum "$file" | cut -c 1-64)
  [[ $(cat "$loaded" 2>/dev/null) != "$sum" ]] || return 0
  say "Loading the sample register"
  "$state/bin/vigil" import un-fatalities "$file" >"$state/log/register.log" 2>&1 ||
    fail "the sample register does not load: $(tail -n 1 "$state/log/register.log") (all of it is in $state/log/register.log)"
  sed 's/^/  /' "$state/log/register.log" | head -n 12
  printf '%s\n' "$sum" >"$loaded"
}
