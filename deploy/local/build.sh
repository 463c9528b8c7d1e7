# shellcheck shell=bash disable=SC2154  # variables of settings.sh
# Builds the products that run, shows how far it is, and puts them in $state/libexec. VIGIL_BINARIES names a
# directory that holds them built already.

products=(vigil-cases vigil-gateway vigil-notifications vigil-access vigil-reporting vigil)
build_needs_megabytes=4000

mapfile -t release_flags < <(grep -v '^#' "$root/deploy/local/release-flags.txt" | tr ' ' '\n')

build_products() {
  local stamp=$state/build-$VIGIL_BUILD_CONFIGURATION.stamp product
  mkdir -p "$state/libexec"
  if [[ -n ${VIGIL_BINARIES-} ]]; then
    install_products "$VIGIL_BINARIES"
    note "taken from $VIGIL_BINARIES"
    return
  fi
  if is_built "$stamp"; then
    note "nothing changed since the last build"
    return
  fi
  need_space "$root" "$build_needs_megabytes" "to build"
  # Dated by the start: what is edited while the build runs is built the next time.
  touch "$stamp.new"
  : >"$state/log/build.log"
  for product in "${products[@]}"; do
    build_product "$product"
  done
  install_products "$root/.build/$VIGIL_BUILD_CONFIGURATION"
  mv -f "$stamp.new" "$stamp"
}

# A build is current when no source is newer than it. Directories count: their time tells of deletions.
is_built() {
  local stamp=$1 product newer
  for product in "${products[@]}"; do
    [[ -x $state/libexec/$product ]] || return 1
  done
  [[ -e $stamp ]] || return 1
  newer=$(find "$root/Package.swift" "$root/Shared" "$root/Services" "$root/deploy/local" -newer "$stamp" -print -quit)
  [[ -z $newer ]]
}

build_product() {
  local product=$1 log=$state/log/build.log flags=() pid code=0
  if [[ $VIGIL_BUILD_CONFIGURATION == release ]]; then flags=("${release_flags[@]}"); fi
  (cd "$root" && exec swift build -c "$VIGIL_BUILD_CONFIGURATION" "${flags[@]}" --product "$product") \
    >>"$log" 2>&1 </dev/null &
  pid=$!
  show_progress "$pid" "$product" "$log"
  wait "$pid" || code=$?
  ((code == 0)) || build_failed "$product" "$log"
}

# On a terminal one line that changes; elsewhere a line each quarter of a minute.
show_progress() {
  local pid=$1 product=$2 log=$3 started=$SECONDS last=$SECONDS step
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.5
    step=$(tail -c 4000 "$log" | grep -aoE '\[[0-9]+/[0-9]+\] [[:print:]]*' | tail -n 1 | cut -c 1-70 || true)
    if is_terminal; then
      printf '\r\033[K  %-20s %3ds  %s' "$product" $((SECONDS - started)) "$step"
    elif ((SECONDS - last >= 15)); then
      last=$SECONDS
      note "$product $((SECONDS - started)) s ${step:-resolving packages}"
    fi
  done
  if is_terminal; then printf '\r\033[K'; fi
  note "$product built in $((SECONDS - started)) s"
}

build_failed() {
  local product=$1 log=$2
  if grep -qa 'No space left on device' "$log"; then
    fail "the disk of $root is full: free some space (du -sh $root/.build) and start again"
  fi
  grep -aE 'error:' "$log" | sort -u | head -n 10 >&2 || true
  fail "$product did not build; all of it is in $log"
}

# Copies, moved into place: a running process keeps the file it was started from.
install_products() {
  local product from to
  for product in "${products[@]}"; do
    from=$1/$product to=$state/libexec/$product
    [[ -x $from ]] || fail "there is no program $from"
    if cmp -s "$from" "$to"; then continue; fi
    cp --reflink=auto "$from" "$to.new" 2>/dev/null || fail "cannot write $to.new: is the disk full?"
    mv -f "$to.new" "$to"
  done
}

# need_space DIRECTORY MEGABYTES WHAT-FOR
need_space() {
  local free
  free=$(df -Pm "$1" | awk 'NR == 2 {print $4}')
  ((free >= $2)) || fail "the disk of $1 has $free MB free and $2 MB are needed $3: free some space and start again"
}
