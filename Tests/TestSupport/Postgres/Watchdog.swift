import Foundation
import Synchronization

/// The shell that makes a cluster, stops and starts it when told to, and removes it when its standard input ends.
final class Watchdog: Sendable {
  private let input = Pipe()
  private let output = Pipe()
  /// One command at a time.
  private let turn = Mutex(())

  init(binaries: String) throws {
    // Other children of this process must not hold the pipe open.
    _ = fcntl(input.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    // A session of its own: a terminal's interrupt must not take the shell before it has cleaned up.
    process.arguments = ["setsid", "bash", "-c", Self.script, "vigil-test-postgres", binaries]
    process.standardInput = input
    process.standardOutput = output
    process.currentDirectoryURL = URL(filePath: "/")
    try process.run()
    try output.fileHandleForWriting.close()
  }

  deinit {
    // The end of the shell's input.
    try? input.fileHandleForWriting.close()
  }

  /// Has the shell do `command` and waits for its answer. (A `Process` that starts a daemon could not be waited for.)
  func tell(_ command: String) throws {
    let answer = try turn.withLock { _ in
      try input.fileHandleForWriting.write(contentsOf: Array((command + "\n").utf8))
      return try readLine()
    }
    guard answer == "done" else { throw TestPostgresError(reason: "pg_ctl \(command) failed") }
  }

  /// The next line that the shell says.
  func readLine() throws -> String {
    var line: [UInt8] = []
    while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
      line.append(byte)
    }
    return String(decoding: line, as: UTF8.self)
  }

  /// PostgreSQL refuses to run as root; then everything runs as the user of Debian's package. The port is a
  /// random one; when it is taken, the next attempt asks for another.
  private static let script = """
    bin=$1
    for descriptor in /proc/self/fd/*; do
      descriptor=${descriptor##*/}
      [ "$descriptor" -gt 2 ] && eval "exec $descriptor>&-"
    done 2>/dev/null
    dir=$(mktemp -d /tmp/vigil-postgres.XXXXXX) || exit 1
    as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
    [ "$(id -u)" = 0 ] && chown postgres "$dir"
    chmod 755 "$dir"
    clean() { as "$bin/pg_ctl" -D "$dir/data" -m immediate -s -w stop >/dev/null 2>&1; rm -rf "$dir"; }
    trap '' HUP INT TERM PIPE
    fail() { tr '\\n' ' ' <"$dir/out"; echo; clean; exit 1; }
    as "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/out" 2>&1 || fail
    as openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \\
      -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$dir/data/server.key" \\
      -out "$dir/data/server.crt" >"$dir/out" 2>&1 || fail
    cp "$dir/data/server.crt" "$dir/ca.pem"
    chmod 644 "$dir/ca.pem"
    for attempt in 1 2 3 4 5; do
      port=$(shuf -i 20000-32000 -n 1)
      cat >"$dir/settings" <<EOF
    listen_addresses = '127.0.0.1'
    port = $port
    unix_socket_directories = '$dir'
    ssl = on
    fsync = off
    synchronous_commit = off
    full_page_writes = off
    wal_level = minimal
    max_wal_senders = 0
    shared_buffers = 32MB
    max_connections = 500
    log_min_messages = fatal
    EOF
      as sh -c "cat \\"$dir/settings\\" >>\\"$dir/data/postgresql.conf\\""
      if as "$bin/pg_ctl" -D "$dir/data" -l "$dir/data/log" -s -w start >"$dir/out" 2>&1; then
        echo "ready $dir $port"
        while read -r command; do
          case $command in
            stop) as "$bin/pg_ctl" -D "$dir/data" -m immediate -s -w stop ;;
            start) as "$bin/pg_ctl" -D "$dir/data" -l "$dir/data/log" -s -w start ;;
          esac >"$dir/out" 2>&1 && echo done || echo failed
        done
        clean
        exit 0
      fi
    done
    fail
    """
}
