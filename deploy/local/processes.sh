# shellcheck shell=bash disable=SC2154  # variables of settings.sh
# Supervised processes: starting, stopping, asking how they are.

is_supervised() {
  [[ -e $state/run/$1.lock ]] && ! flock -n "$state/run/$1.lock" true
}

process_id() { cat "$state/run/$1.pid" 2>/dev/null || true; }

# start_process NAME STOP-SIGNAL FINGERPRINT [VARIABLE=VALUE…] COMMAND…: starts it, unless it runs from
# the same fingerprint already.
start_process() {
  local name=$1 signal=$2 fingerprint=$3 was
  shift 3
  if is_supervised "$name"; then
    was=$(cat "$state/run/$name.fingerprint" 2>/dev/null || true)
    [[ $was == "$fingerprint" ]] && return
    note "$name has changed: restarting it"
    stop_process "$name"
  fi
  rm -f "$state/run/$name.restarts"
  printf '%s\n' "$fingerprint" >"$state/run/$name.fingerprint"
  (
    choose_environment "$@"
    exec setsid "$root/deploy/local/supervise" "$state" "$name" "$signal" "${command[@]}"
  ) >/dev/null 2>&1 </dev/null 8>&- &
  wait_until 5 is_supervised "$name" || fail "the supervisor of $name does not start: $state/log/$name.log"
}

# choose_environment [VARIABLE=VALUE…] COMMAND…: for a subshell. Leaves PATH, HOME and the given variables,
# so that nothing of the caller's own settings reaches a service and no secret stands in an argument;
# `command` holds the rest.
choose_environment() {
  local variable
  for variable in $(compgen -e); do
    case $variable in PATH | HOME | LD_LIBRARY_PATH) ;; *) unset "$variable" ;; esac
  done
  export LANG=C.UTF-8
  while [[ $1 == [A-Z]*=* ]]; do
    export "${1?}"
    shift
  done
  command=("$@")
}

# Stops a process and its supervisor; returns when both are gone.
stop_process() {
  local name=$1 supervisor
  is_supervised "$name" || return 0
  supervisor=$(cat "$state/run/$name.supervisor.pid" 2>/dev/null || true)
  [[ -n $supervisor ]] && kill -TERM "$supervisor" 2>/dev/null
  wait_until 45 is_stopped "$name" || fail "$name (process $(process_id "$name")) does not stop"
}

is_stopped() { ! is_supervised "$1"; }

# wait_until SECONDS COMMAND…
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.1
  done
}

# The answer of a service's admin port to GET /readyz, or nothing when nobody answers.
readiness() {
  {
    exec 3<>"/dev/tcp/127.0.0.1/$(admin_port "$1")" || return 0
    printf 'GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
    timeout 3 cat <&3 || true
    exec 3>&-
  } 2>/dev/null | tr -d '\0\r'
}

is_ready() { [[ $(readiness "$1") == HTTP/1.?\ 200* ]]; }

# Fails with the log's own words when the process crashed instead of getting ready.
wait_ready() {
  local name=$1 deadline=$((SECONDS + ${VIGIL_READY_SECONDS:-60})) restarts
  until is_ready "$name"; do
    restarts=$(cat "$state/run/$name.restarts" 2>/dev/null || echo 0)
    ((restarts < 3 && SECONDS < deadline)) ||
      fail "$name does not get ready: $(reason_of "$name") (deploy/logs $name)"
    sleep 0.2
  done
}

# What a service waits for by its own account, else its last words.
reason_of() {
  local waits
  waits=$(readiness "$1" | sed -n 's/^\[-\] //p' | paste -sd ';')
  printf '%s' "${waits:-$(last_words "$1")}"
}

# The last line of a log that is not the supervisor's; of a line in JSON the message and the error.
last_words() {
  tail -n 40 "$state/log/$1.log" 2>/dev/null | grep -av ' supervise: ' | tail -n 1 | cut -c 1-1000 |
    sed -E '/^\{/{s/.*"error":"(([^"\\]|\\.)*)".*"message":"(([^"\\]|\\.)*)".*/\3: \1/;t
      s/.*"message":"(([^"\\]|\\.)*)".*"error":"(([^"\\]|\\.)*)".*/\1: \3/;t
      s/.*"message":"(([^"\\]|\\.)*)".*/\1/;}' || true
}

port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# check_port NAME PORT WHAT SETTING: a port that someone else holds is found before anything starts.
check_port() {
  local holder=
  is_supervised "$1" && return
  port_is_taken "$2" || return 0
  if command -v ss >/dev/null; then
    holder=$(ss -Hltnp "sport = :$2" 2>/dev/null | sed -nE 's/.*users:\(\("([^"]+)",pid=([0-9]+).*/ by \1 (process \2)/p' | head -n 1)
  fi
  fail "port $2 ($3) is in use$holder: stop that, or choose another with $4=…"
}
