# shellcheck shell=bash disable=SC2154  # variables of settings.sh
# The five services: their configuration, their migrations, their processes.
#
# deploy/config/NAME.yaml holds a service's settings with @WORDS@ for what depends on the machine;
# filled in it is $state/config/NAME.yaml. The database URL holds a password and so travels in the
# environment of the process that needs it, never in an argument.

write_configuration() {
  local name=$1 to=$state/config/$1.yaml
  render "$name" <"$root/deploy/config/$name.yaml" >"$to.new"
  if cmp -s "$to.new" "$to"; then rm "$to.new"; else mv -f "$to.new" "$to"; fi
}

render() {
  local service words=(-e "s#@TLS@#$state/tls#g" -e "s#@ADMIN_PORT@#$(admin_port "$1")#g")
  words+=(-e "s#@STATE@#$state#g" -e "s#@PUBLIC_PORT@#$VIGIL_PUBLIC_PORT#g" -e "s#@MESH_PORT@#$VIGIL_MESH_PORT#g"
    -e "s#@EXERCISE@#$VIGIL_EXERCISE#g")
  for service in "${backends[@]}"; do
    words+=(-e "s#@${service^^}_PORT@#$(grpc_port "$service")#g")
  done
  sed -e '/^ *#/d' "${words[@]}"
}

# The keys under which secrets are sealed, made once and kept out of the database: those of access control (sealing.keys)
# and those of evidence (evidence.keys). What is sealed with one cannot be had without it: it is to be kept as the database
# is, and apart from it.
make_sealing_keys() {
  local name file
  for name in sealing evidence; do
    file=$state/secrets/$name.keys
    [[ ! -s $file ]] || continue
    umask_private "$file.new"
    openssl rand -hex 32 >"$file.new"
    mv "$file.new" "$file"
  done
}

migrate_backends() {
  local name
  for name in "${backends[@]}"; do
    write_configuration "$name"
    migrate "$name"
  done
}

# A service that runs and has not changed is at its schema already.
migrate() {
  local name=$1 log=$state/log/$1-migrate.log
  if is_supervised "$name" && [[ $(cat "$state/run/$name.fingerprint" 2>/dev/null) == "$(fingerprint "$name")" ]]; then
    return
  fi
  (
    choose_environment VIGIL_CONFIG="$state/config/$name.yaml" VIGIL_DATABASE_URL="$(service_url "$name")" \
      "$state/libexec/vigil-$name" migrate
    exec "${command[@]}"
  ) >"$log" 2>&1 </dev/null ||
    fail "the schema of $name cannot be migrated: $(tail -n 1 "$log") (all of it is in $log)"
}

# What a process was started from: when it changes, the process is started anew.
fingerprint() {
  {
    # A program that has changed is another file: see install_products.
    stat -c '%i %s %Y' "$state/libexec/vigil-$1"
    cat "$state/config/$1.yaml"
    [[ $1 == gateway ]] || service_url "$1"
  } | sha256sum | cut -c 1-32
}

start_services() {
  local name
  write_configuration gateway
  for name in "${backends[@]}"; do
    start_process "$name" TERM "$(fingerprint "$name")" VIGIL_CONFIG="$state/config/$name.yaml" \
      VIGIL_DATABASE_URL="$(service_url "$name")" "$state/libexec/vigil-$name" serve
  done
  # Hundreds of calls at a time free and allocate the same sizes: a larger cache of the allocator saves the gateway
  # a twelfth of its instructions.
  start_process gateway TERM "$(fingerprint gateway)" VIGIL_CONFIG="$state/config/gateway.yaml" \
    GLIBC_TUNABLES=glibc.malloc.tcache_count=500 "$state/libexec/vigil-gateway" serve
  for name in "${services[@]}"; do
    wait_ready "$name"
    note "$name is ready"
  done
}

# The CLI, set up for this system: its settings are in a file, so any of them can be overridden.
install_command() {
  render gateway <"$root/deploy/config/cli.yaml" >"$state/config/cli.yaml"
  cat >"$state/bin/vigil" <<END
#!/bin/sh
# The vigil command, set up by deploy/up for the system in $state.
VIGIL_CLI_CONFIG="\${VIGIL_CLI_CONFIG:-$state/config/cli.yaml}"
export VIGIL_CLI_CONFIG
# The command cannot ask the terminal how wide it is.
if [ -t 1 ] && [ -z "\${COLUMNS:-}" ]; then
  COLUMNS=\$(stty size 2>/dev/null </dev/tty | cut -d " " -f 2) && export COLUMNS
fi
exec "$state/libexec/vigil" "\$@"
END
  chmod +x "$state/bin/vigil"
}
