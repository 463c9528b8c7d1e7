import Foundation

/// The shell that makes a cluster, says so on one line, and removes it when its standard input ends.
final class Watchdog: Sendable {
  private let input: Pipe
  let firstLine: String

  init(binaries: String) throws {
    input = Pipe()
    let output = Pipe()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    // A session of its own: a terminal's interrupt must not take the shell before it has cleaned up.
    process.arguments = ["setsid", "sh", "-c", Self.script, "vigil-test-postgres", binaries]
    process.standardInput = input
    process.standardOutput = output
    process.currentDirectoryURL = URL(filePath: "/")
    try process.run()
    try output.fileHandleForWriting.close()
    var line: [UInt8] = []
    while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
      line.append(byte)
    }
    firstLine = String(decoding: line, as: UTF8.self)
  }

  deinit {
    // The end of the shell's input.
    try? input.fileHandleForWriting.close()
  }

  /// PostgreSQL refuses to run as root; then everything runs as the user of Debian's package. The port is a
  /// random one; when it is taken, the next attempt asks for another.
  private static let script = """
    bin=$1
    dir=$(mktemp -d /tmp/vigil-postgres.XXXXXX) || exit 1
    as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
    [ "$(id -u)" = 0 ] && chown postgres "$dir"
    chmod 755 "$dir"
    clean() { as "$bin/pg_ctl" -D "$dir/data" -m immediate -s -w stop >/dev/null 2>&1; rm -rf "$dir"; }
    trap '' HUP INT TERM
    fail() { tr '\\n' ' ' <"$dir/out"; echo; clean; exit 1; }
    as "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/out" 2>&1 || fail
    for attempt in 1 2 3 4 5; do
      port=$(shuf -i 20000-32000 -n 1)
      cat >"$dir/settings" <<EOF
    listen_addresses = '127.0.0.1'
    port = $port
    unix_socket_directories = '$dir'
    fsync = off
    synchronous_commit = off
    full_page_writes = off
    wal_level = minimal
    max_wal_senders = 0
    shared_buffers = 32MB
    max_connections = 200
    log_min_messages = fatal
    EOF
      as sh -c "cat \\"$dir/settings\\" >>\\"$dir/data/postgresql.conf\\""
      if as "$bin/pg_ctl" -D "$dir/data" -l "$dir/data/log" -s -w start >"$dir/out" 2>&1; then
        echo "ready $dir $port"
        exec >/dev/null
        cat >/dev/null
        clean
        exit 0
      fi
    done
    fail
    """
}
