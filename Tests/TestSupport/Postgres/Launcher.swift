import Foundation

extension TestPostgres {
  /// Starts clusters, one after the other.
  actor Launcher {
    private var running: TestPostgres?

    func shared() throws -> TestPostgres {
      if let running { return running }
      let cluster = try start()
      running = cluster
      return cluster
    }

    func start() throws -> TestPostgres {
      let binaries = try Self.findBinaries()
      let watchdog = try Watchdog(binaries: binaries)
      // `ready <folder> <port>`
      let line = try watchdog.readLine()
      let words = line.split(separator: " ")
      guard words.count == 3, words[0] == "ready", let port = Int(words[2]) else {
        throw TestPostgresError(reason: "PostgreSQL did not start: \(line)")
      }
      return TestPostgres(folder: String(words[1]), port: port, watchdog: watchdog)
    }

    /// `VIGIL_POSTGRES_BIN`, or Debian's newest.
    private static func findBinaries() throws -> String {
      if let given = ProcessInfo.processInfo.environment["VIGIL_POSTGRES_BIN"] { return given }
      let root = "/usr/lib/postgresql"
      let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
      guard let newest = versions.compactMap(Int.init).max() else {
        throw TestPostgresError(reason: "no PostgreSQL under \(root); install postgresql or set VIGIL_POSTGRES_BIN")
      }
      return "\(root)/\(newest)/bin"
    }
  }
}
