import Foundation
import SystemPackage

/// The file that a session is kept in: readable by its owner only. Whoever reads while it is replaced finds the one, the
/// other or none, never a part.
struct SessionFile: Sendable {
  let path: String

  /// The session; nil when there is none.
  ///
  /// - Throws: ``CommandFailure`` for a file that others can read, or that is none of this command.
  func read() throws -> StoredSession? {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
    let permissions = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
    guard permissions & 0o077 == 0 else {
      throw CommandFailure(
        status: .configuration, reason: "others can read the session in \(path)", advice: "chmod 600 \(path)")
    }
    guard let data = FileManager.default.contents(atPath: path),
      let session = try? JSONDecoder().decode(StoredSession.self, from: data)
    else {
      throw CommandFailure(
        status: .configuration, reason: "the session in \(path) cannot be read", advice: "Sign in anew: vigil login")
    }
    return session
  }

  /// - Throws: ``CommandFailure`` when it cannot be written.
  func write(_ session: StoredSession) throws {
    do {
      try makeFolder()
      let new = path + ".new"
      let file = try FileDescriptor.open(
        FilePath(new), .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite])
      try file.closeAfter { _ = try file.writeAll(JSONEncoder().encode(session)) }
      remove()
      try FileManager.default.moveItem(atPath: new, toPath: path)
    } catch {
      throw CommandFailure(status: .inputOutput, reason: "the session cannot be kept in \(path): \(error)")
    }
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }

  /// Does something while no other command does: two that show the same refresh token would end the session.
  func whileLocked<Result>(_ body: () async throws -> Result) async throws -> Result {
    try makeFolder()
    let lock = try FileDescriptor.open(
      FilePath(path + ".lock"), .readWrite, options: [.create], permissions: [.ownerReadWrite])
    defer { try? lock.close() }
    // Given back when the file is closed, however this ends.
    guard flock(lock.rawValue, LOCK_EX) == 0 else {
      throw CommandFailure(status: .inputOutput, reason: "\(path).lock cannot be locked")
    }
    return try await body()
  }

  private func makeFolder() throws {
    let folder = (path as NSString).deletingLastPathComponent
    guard !FileManager.default.fileExists(atPath: folder) else { return }
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }
}
