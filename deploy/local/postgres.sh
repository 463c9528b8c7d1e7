# shellcheck shell=bash disable=SC2154  # variables of settings.sh
# The database: a private PostgreSQL cluster under $state/postgres, or the one VIGIL_DATABASE_URL names.
#
# Every role has a generated password in $state/secrets; nobody is let in without one. PostgreSQL
# does not run as root: there the cluster belongs to the user `postgres`.

pg_bin() {
  local found
  found=$(find /usr/lib/postgresql/*/bin -maxdepth 1 -name postgres 2>/dev/null | sort -V | tail -n 1)
  [[ -n $found ]] || fail "there is no PostgreSQL server under /usr/lib/postgresql: apt-get install postgresql"
  dirname "$found"
}

# Prints the secret NAME, made on first use.
secret() {
  local file=$state/secrets/$1
  if [[ ! -s $file ]]; then
    umask_private "$file.new"
    openssl rand -hex 24 >"$file.new"
    mv "$file.new" "$file"
  fi
  cat "$file"
}

# Words before a command that run it as the cluster's owner.
as_owner=()
choose_owner() {
  [[ $(id -u) == 0 ]] || return 0
  as_owner=(setpriv --reuid=postgres --regid=postgres --init-groups --)
}

# Where the cluster is. A directory that its owner cannot reach, such as a checkout in /root, is
# replaced by one in /var/lib/vigil, which $state/postgres then points to.
choose_cluster() {
  cluster=$state/postgres
  [[ -e $cluster ]] && { cluster=$(readlink -f "$cluster"); return; }
  if ! (cd / && "${as_owner[@]}" test -x "$state"); then
    cluster=/var/lib/vigil/$(printf '%s' "$state" | cksum | cut -d ' ' -f 1)
    note "the user postgres cannot reach $state: the data goes to $cluster"
    mkdir -p "${cluster%/*}"
    ln -sfn "$cluster" "$state/postgres"
  fi
  mkdir -p "$cluster"
  chmod 700 "$cluster"
  if ((${#as_owner[@]})); then chown postgres:postgres "$cluster"; fi
}

start_cluster() {
  local bin
  choose_owner
  choose_cluster
  bin=$(pg_bin)
  [[ -e $cluster/data/PG_VERSION ]] || create_cluster "$bin"
  [[ -x $bin/postgres && $(<"$cluster/data/PG_VERSION") == "$(cluster_version "$bin")" ]] ||
    fail "the cluster in $cluster is of PostgreSQL $(<"$cluster/data/PG_VERSION"), the server here is" \
      "$(cluster_version "$bin"): install that version, or start anew with deploy/down --purge"
  check_port postgres "$VIGIL_DATABASE_PORT" PostgreSQL VIGIL_DATABASE_PORT
  start_process postgres INT "$bin $VIGIL_DATABASE_PORT $cluster" \
    "${as_owner[@]}" "$bin/postgres" -D "$cluster/data" -p "$VIGIL_DATABASE_PORT" \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories="$cluster/data"
  admin_url="postgresql://vigil_admin:$(secret admin)@127.0.0.1:$VIGIL_DATABASE_PORT/postgres"
  wait_until 30 can_connect "$admin_url" || fail "PostgreSQL does not start: $(last_words postgres) (deploy/logs postgres)"
}

cluster_version() { "$1/postgres" --version | sed -E 's/.* ([0-9]+)\..*/\1/'; }

create_cluster() {
  local bin=$1 log=$state/log/initdb.log password=$cluster/password
  need_space "$cluster" 300 "for the database"
  note "creating a PostgreSQL cluster in $cluster"
  rm -rf "$cluster/data"
  umask_private "$password"
  secret admin >"$password"
  if ((${#as_owner[@]})); then chown postgres:postgres "$password"; fi
  (cd / && "${as_owner[@]}" "$bin/initdb" -D "$cluster/data" --username=vigil_admin --pwfile="$password" \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8) >"$log" 2>&1 ||
    fail "initdb failed ($(tail -n 1 "$log")): all of it is in $log"
  rm -f "$password"
}

# psql_at URL [ARGUMENT…]: psql, with the password in its environment instead of among its arguments.
psql_at() {
  local url=$1 password=
  shift
  if [[ $url =~ ^([a-z]+://[^:/@]*):([^@/]*)@(.*)$ ]]; then
    url=${BASH_REMATCH[1]}@${BASH_REMATCH[3]}
    printf -v password '%b' "${BASH_REMATCH[2]//%/\\x}"
  fi
  PGPASSWORD=$password PGCONNECT_TIMEOUT=5 psql -XAtqw -d "$url" "$@"
}

can_connect() { psql_at "$1" -c 'select 1' >/dev/null 2>&1; }

# A URL of somebody else's server: psql's own reason, in one line.
check_database_url() {
  local reason
  [[ $VIGIL_DATABASE_URL =~ ^postgres(ql)?:// ]] ||
    fail "VIGIL_DATABASE_URL must look like postgresql://user:password@host:port/database"
  reason=$(psql_at "$VIGIL_DATABASE_URL" -c 'select 1' 2>&1 >/dev/null | tr -s '\n\t' ' ') || true
  [[ -z $reason ]] || fail "VIGIL_DATABASE_URL does not work: $(without_password "$reason")"
  admin_url=$VIGIL_DATABASE_URL
}

without_password() { sed -E 's#(://[^:/@ ]*):[^@ ]*@#\1:…@#g' <<<"$1"; }

# One database, one schema and one login role per backing service.
create_schemas() {
  local service
  if [[ -z $VIGIL_DATABASE_URL ]]; then
    if [[ -z $(admin_sql "$admin_url" <<<"select 1 from pg_database where datname = 'vigil'") ]]; then
      admin_sql "$admin_url" <<<"create database vigil"
    fi
    admin_url=${admin_url%/postgres}/vigil
  fi
  for service in "${backends[@]}"; do
    admin_sql "$admin_url" -v role="vigil_$service" -v schema="$service" -f - < <(
      printf "\\\\set password '%s'\n" "$(secret "$service")"
      cat "$root/deploy/local/schema.sql"
    )
  done
}

admin_sql() {
  local url=$1 said
  shift
  said=$(psql_at "$url" -v ON_ERROR_STOP=1 "$@" 2>&1) ||
    fail "the database refuses to be set up: $(without_password "$(head -n 1 <<<"$said")")"
  printf '%s' "$said"
}

# The URL a backing service connects with: the administrator's, as the service's own role.
service_url() {
  local service=$1
  sed -E "s#^(postgres(ql)?://)([^@/]*@)?#\1vigil_$service:$(secret "$service")@#" <<<"$admin_url"
}
