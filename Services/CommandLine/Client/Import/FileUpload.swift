import Crypto
import Foundation

/// A file on its way to the system, read in chunks: it is never held whole.
struct FileUpload: Sendable {
  let path: String
  /// In bytes.
  let size: Int

  /// Bytes in a chunk, as the API advises.
  static let chunkSize = 128 << 10

  /// The most that is digested beforehand. A larger file is refused by its size alone.
  private static let digestLimit = 64 << 20

  /// - Throws: ``CommandFailure`` when there is no such file, or it is a folder.
  init(path: String) throws(CommandFailure) {
    self.path = path
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard let attributes else {
      throw CommandFailure(status: .notFound, reason: "there is no file \(path)")
    }
    guard attributes[.type] as? FileAttributeType != .typeDirectory, let size = attributes[.size] as? Int else {
      throw CommandFailure(status: .notFound, reason: "\(path) is not a file")
    }
    self.size = size
  }

  /// The last part of the path.
  var name: String { path.lastSegment }

  /// SHA-256; empty for a file that is too large to be taken anyway.
  ///
  /// - Throws: ``CommandFailure`` when the file cannot be read.
  func digest() throws(CommandFailure) -> Data {
    guard size <= Self.digestLimit else { return Data() }
    var digest = SHA256()
    let handle = try open()
    while let chunk = try read(handle) { digest.update(data: chunk) }
    return Data(digest.finalize())
  }

  /// SHA-256, however large the file is.
  ///
  /// - Parameter progress: is told how many bytes were read.
  /// - Throws: ``CommandFailure`` when the file cannot be read.
  func wholeDigest(_ progress: (Int) -> Void) async throws -> Data {
    var (digest, count) = (SHA256(), 0)
    try await forEachChunk(of: 1 << 20) { chunk in
      digest.update(data: chunk)
      count += chunk.count
      progress(count)
    }
    return Data(digest.finalize())
  }

  /// Hands over the file's bytes in order.
  ///
  /// - Parameters:
  ///   - start: where they begin.
  ///   - size: of a chunk.
  /// - Throws: ``CommandFailure`` when the file cannot be read, and what `body` throws.
  func forEachChunk(
    from start: Int = 0, of size: Int = chunkSize, _ body: (Data) async throws -> Void
  ) async throws {
    let handle = try open()
    if start > 0 { try handle.seek(toOffset: UInt64(start)) }
    while let chunk = try read(handle, size) { try await body(chunk) }
  }

  private func open() throws(CommandFailure) -> FileHandle {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw CommandFailure(status: .notFound, reason: "\(path) cannot be opened: may you read it?")
    }
    return handle
  }

  private func read(_ handle: FileHandle, _ size: Int = chunkSize) throws(CommandFailure) -> Data? {
    do {
      guard let chunk = try handle.read(upToCount: size), !chunk.isEmpty else { return nil }
      return chunk
    } catch {
      throw CommandFailure(status: .inputOutput, reason: "\(path) cannot be read: \(error)")
    }
  }
}
