# shellcheck shell=bash
# What every deploy script shares: where things are, what is called what, and how a script speaks.
# Sourced, after `set -Eeuo pipefail`. Settings come from the environment, else from what the last
# `deploy/up` in this state directory used, else from the defaults below.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
state=${VIGIL_STATE_DIR:-$root/.vigil}
case $state in /*) ;; *) state=$PWD/$state ;; esac
settings_file=$state/config/local.env

# The backing services, in the order of their ports; the gateway stands before them.
# shellcheck disable=SC2034  # read by the scripts that source this file
backends=(cases notifications access reporting)
# shellcheck disable=SC2034
services=(gateway "${backends[@]}")

# NAME=default of everything that may be chosen; kept in $settings_file for the other scripts.
setting_defaults=(
  VIGIL_PUBLIC_PORT=8443
  VIGIL_MESH_PORT=8444
  VIGIL_SERVICE_PORTS=9101
  VIGIL_ADMIN_PORTS=9190
  VIGIL_DATABASE_PORT=55432
  VIGIL_DATABASE_URL=
  VIGIL_BUILD_CONFIGURATION=release
  VIGIL_EXERCISE=false
)

load_settings() {
  local pair name value saved=
  for pair in "${setting_defaults[@]}"; do
    name=${pair%%=*}
    value=${pair#*=}
    if [[ -z ${!name+set} && -r $settings_file ]]; then
      saved=$(sed -n "s/^$name=//p" "$settings_file")
      value=${saved:-$value}
    fi
    printf -v "$name" '%s' "${!name-$value}"
  done
}

save_settings() {
  local pair name
  umask_private "$settings_file.new"
  for pair in "${setting_defaults[@]}"; do
    name=${pair%%=*}
    printf '%s=%s\n' "$name" "${!name}"
  done >"$settings_file.new"
  mv -f "$settings_file.new" "$settings_file"
}

# Creates an empty file that only its owner may read.
umask_private() { (umask 077 && : >"$1"); }

# gRPC port of a backend; admin port of any service.
grpc_port() { port_of "$1" "$VIGIL_SERVICE_PORTS" "${backends[@]}"; }
admin_port() { port_of "$1" "$VIGIL_ADMIN_PORTS" "${services[@]}"; }

port_of() {
  local wanted=$1 port=$2 name
  shift 2
  for name in "$@"; do
    [[ $name == "$wanted" ]] && echo "$port" && return
    port=$((port + 1))
  done
  fail "there is no service called '$wanted'"
}

script=deploy/$(basename "$0")
say() { printf '%s\n' "$*"; }
note() { printf '  %s\n' "$*"; }
warn() { printf '%s: %s\n' "$script" "$*" >&2; }

# One clear line, then out. Inside $( ) it ends the subshell; `set -e` ends the rest.
fail() {
  trap - ERR
  printf '%s: %s\n' "$script" "$*" >&2
  exit 1
}

unexpected() {
  local code=$? line=$1 command=$2
  trap - ERR
  printf '%s: stopped (exit %s) at %s:%s: %s\n' "$script" "$code" "${BASH_SOURCE[1]#"$root"/}" "$line" "$command" >&2
  exit "$code"
}

is_terminal() { [[ -t 1 && ${TERM:-dumb} != dumb ]]; }
