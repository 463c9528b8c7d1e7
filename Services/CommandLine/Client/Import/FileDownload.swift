import Crypto
import Foundation
import SystemPackage

/// A file that is being downloaded: `PATH.part` until all of it is there, which only its owner may read.
struct FileDownload: Sendable {
  let path: String
  /// Bytes that are there from an earlier time.
  let begun: Int64

  private var part: String { path + ".part" }

  /// - Parameter size: of the whole.
  /// - Throws: ``CommandFailure`` when there is a file of that name already.
  init(path: String, size: Int64) throws(CommandFailure) {
    self.path = path
    guard !FileManager.default.fileExists(atPath: path) else {
      throw CommandFailure(status: .inputOutput, reason: "there is a file \(path) already")
    }
    let attributes = try? FileManager.default.attributesOfItem(atPath: path + ".part")
    let found = attributes?[.size] as? Int ?? 0
    begun = Int64(found) <= size ? Int64(found) : 0
  }

  /// The last part of the path.
  var name: String { path.lastSegment }

  /// Goes on with what is there.
  func begin() throws(CommandFailure) -> Writing {
    do {
      let file = try FileDescriptor.open(
        FilePath(part), .readWrite, options: begun == 0 ? [.create, .truncate] : [.create],
        permissions: .ownerReadWrite)
      return try Writing(file, path: part, from: begun)
    } catch {
      throw Self.failure(part, error)
    }
  }

  /// - Throws: ``CommandFailure`` when the file cannot get its name.
  func finish() throws(CommandFailure) {
    do {
      try FileManager.default.moveItem(atPath: part, toPath: path)
    } catch {
      throw Self.failure(path, error)
    }
  }

  func discard() { try? FileManager.default.removeItem(atPath: part) }

  private static func failure(_ path: String, _ error: any Error) -> CommandFailure {
    CommandFailure(status: .inputOutput, reason: "\(path) cannot be written: \(error)")
  }

  /// The file while it is open, and the digest of what is in it.
  struct Writing: ~Copyable {
    private let file: FileDescriptor
    private let path: String
    private var hash = SHA256()
    private(set) var size: Int

    fileprivate init(_ file: FileDescriptor, path: String, from begun: Int64) throws {
      self.file = file
      self.path = path
      size = Int(begun)
      guard begun > 0, let handle = FileHandle(forReadingAtPath: path) else { return }
      while let part = try handle.read(upToCount: 1 << 20), !part.isEmpty { hash.update(data: part) }
      try file.seek(offset: begun, from: .start)
    }

    deinit { try? file.close() }

    mutating func write(_ bytes: Data) throws(CommandFailure) {
      do {
        try file.writeAll(bytes)
      } catch {
        throw FileDownload.failure(path, error)
      }
      hash.update(data: bytes)
      size += bytes.count
    }

    func digest() -> Data { Data(hash.finalize()) }
  }
}
