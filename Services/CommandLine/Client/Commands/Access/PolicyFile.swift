import Crypto
import Foundation
import Policy

/// A policy in a file, read as the system reads it.
struct PolicyFile {
  /// Its one text, whatever the file's remarks and order.
  let text: String

  /// SHA-256 of the text: what a second person agrees to.
  var digest: Data { Data(SHA256.hash(data: Data(text.utf8))) }

  /// - Throws: ``CommandFailure`` for a file that cannot be read or holds no policy.
  init(path: String) throws(CommandFailure) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CommandFailure(status: .notFound, reason: "\(path) cannot be read")
    }
    do {
      text = try Policy(text: String(decoding: data, as: UTF8.self)).canonicalText
    } catch {
      throw CommandFailure(status: .usage, reason: "\(path) is no policy: \(error)")
    }
  }

  /// What it changes in another text, a line each: removed with `-`, added with `+`.
  func changes(from other: String) -> [String] {
    let (old, new) = (other.split(separator: "\n"), text.split(separator: "\n"))
    return new.difference(from: old).map { change in
      switch change {
      case .remove(_, let line, _): "- \(line)"
      case .insert(_, let line, _): "+ \(line)"
      }
    }
  }
}
