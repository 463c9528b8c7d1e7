import Foundation
import SwiftProtobuf
import VigilAccessAPI

/// Writes an exported bundle, a message in each line. The file is there only when it is whole.
struct BundleWriter {
  private let path: String
  private let handle: FileHandle

  private var draft: String { path + ".part" }

  /// - Throws: ``CommandFailure`` when there can be no such file.
  init(path: String) throws(CommandFailure) {
    self.path = path
    // What is in it is for who exports it.
    let isMade = FileManager.default.createFile(
      atPath: path + ".part", contents: nil, attributes: [.posixPermissions: 0o600])
    guard isMade, let handle = FileHandle(forWritingAtPath: path + ".part") else {
      throw CommandFailure(status: .inputOutput, reason: "\(path).part cannot be written")
    }
    self.handle = handle
  }

  func write(_ part: PBAuditBundlePart) throws {
    let line = try JSONText.line(part) + "\n"
    do {
      try handle.write(contentsOf: Data(line.utf8))
    } catch {
      throw failure(error)
    }
  }

  func finish() throws {
    do {
      try handle.close()
      if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
      try FileManager.default.moveItem(atPath: draft, toPath: path)
    } catch {
      throw failure(error)
    }
  }

  private func failure(_ error: any Error) -> CommandFailure {
    CommandFailure(status: .inputOutput, reason: "\(path) cannot be written: \(error.localizedDescription)")
  }
}

/// Reads an exported bundle line by line; it is never held whole.
struct BundleReader {
  let path: String

  /// - Throws: ``CommandFailure`` when the file cannot be read or is none, and what `body` throws.
  func forEachPart(_ body: (PBAuditBundlePart) throws -> Void) throws {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw CommandFailure(status: .notFound, reason: "there is no file \(path), or it cannot be read")
    }
    var (rest, number) = (Data(), 0)
    func take(_ line: Data) throws {
      number += 1
      guard !line.isEmpty else { return }
      guard let part = try? PBAuditBundlePart(jsonUTF8Bytes: line) else {
        throw CommandFailure(status: .badData, reason: "line \(number) of \(path) is not a part of a bundle")
      }
      try body(part)
    }
    while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty {
      rest.append(chunk)
      var lines = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      rest = Data(lines.removeLast())
      for line in lines { try take(line) }
    }
    try take(rest)
  }
}

/// A head that was kept.
struct TreeHeadFile {
  let path: String

  func read() throws(CommandFailure) -> PBTreeHead {
    guard let head = try? PBTreeHead(jsonString: try TextFile.read(path)) else {
      throw CommandFailure(
        status: .badData, reason: "\(path) is not a tree head", advice: "vigil audit head --format json gives one.")
    }
    return head
  }
}

/// A short file of text.
enum TextFile {
  static func read(_ path: String) throws(CommandFailure) -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CommandFailure(status: .notFound, reason: "there is no file \(path), or it cannot be read")
    }
    return String(decoding: data, as: UTF8.self)
  }
}
