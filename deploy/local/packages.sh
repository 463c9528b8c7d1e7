# shellcheck shell=bash disable=SC2154  # variables of settings.sh
# Debian packages and the Swift toolchain: what is missing, and putting it there.

least_swift=6.2

check_swift() {
  local said found
  command -v swift >/dev/null ||
    fail "Swift $least_swift or newer is needed and 'swift' is not on the PATH: install it from" \
      "https://www.swift.org/install/linux/ and put its usr/bin on the PATH"
  said=$(swift --version 2>&1) ||
    fail "'swift --version' does not run (${said%%$'\n'*}): install Swift with the packages that it needs, as" \
      "https://www.swift.org/install/linux/ tells"
  found=$(sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' <<<"$said" | head -n 1)
  [[ -n $found ]] || fail "'swift --version' tells no version (${said%%$'\n'*}): install Swift $least_swift or newer" \
    "from https://www.swift.org/install/linux/"
  [[ $(printf '%s\n%s\n' "$least_swift" "$found" | sort -V | head -n 1) == "$least_swift" ]] ||
    fail "Swift $found is too old, $least_swift or newer is needed: install it from" \
      "https://www.swift.org/install/linux/"
}

# Prints the packages of the given list files that are not installed.
missing_packages() {
  local package
  sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$@" | while read -r package; do
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
  done
}

# Installs what is missing of the given list files; $state/log holds what apt said.
install_packages() {
  local missing as_root=() log=$state/log/packages.log
  command -v dpkg-query >/dev/null || fail "this needs Debian 12 or Ubuntu: there is no dpkg on this machine"
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  say "Installing Debian packages: ${missing[*]}"
  if [[ $(id -u) != 0 ]]; then
    command -v sudo >/dev/null ||
      fail "packages are missing and you are not root: run as root: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  export DEBIAN_FRONTEND=noninteractive
  "${as_root[@]}" apt-get update >"$log" 2>&1 </dev/null || apt_failed "apt-get update" "$log"
  "${as_root[@]}" apt-get install -y --no-install-recommends "${missing[@]}" >>"$log" 2>&1 </dev/null ||
    apt_failed "apt-get install ${missing[*]}" "$log"
}

apt_failed() {
  local reason
  reason=$(grep -E '^(E|Err|W):' "$2" | head -n 1 || true)
  fail "'$1' failed${reason:+ (${reason})}: check the network and /etc/apt/sources.list, run it by hand as root," \
    "then start again; all of it is in $2"
}
