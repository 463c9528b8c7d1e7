import Foundation
import Testing
import TestSupport

/// A file system in memory with little room, for PostgreSQL.
struct SmallDisk: Sendable {
  private let folder: TemporaryFolder

  /// The mount point.
  var path: String { folder.file("disk") }

  /// Mounts one of so many megabytes for as long as `use` takes.
  static func withMounted(megabytes: Int, _ use: (SmallDisk) async throws -> Void) async throws {
    let disk = SmallDisk(folder: try TemporaryFolder("vigil-disk"))
    try await disk.run(
      """
      chmod 755 '\(disk.folder.path)' && mkdir '\(disk.path)' &&
        mount -t tmpfs -o size=\(megabytes)m,mode=700 tmpfs '\(disk.path)' && chown postgres:postgres '\(disk.path)'
      """
    )
    do {
      try await use(disk)
    } catch {
      try await disk.run("umount --lazy '\(disk.path)'")
      throw error
    }
    try await disk.run("umount '\(disk.path)'")
  }

  /// Leaves no room.
  func fill() async throws {
    // dd ends with an error when it has filled the disk.
    _ = try await CommandRun.run("/bin/dd", ["if=/dev/zero", "of=\(path)/filling", "bs=4k"])
  }

  func clear() async throws {
    try await run("rm '\(path)/filling'")
  }

  private func run(_ script: String) async throws {
    let run = try await CommandRun.run("/bin/bash", ["-c", script])
    try #require(run.status == 0, "\(run.text)")
  }
}
