import AIP
import Crypto
import Foundation
import TestSupport

@testable import Content

/// Content in a folder of its own.
struct Workbench {
  let folder: TemporaryFolder
  let store: ContentDirectory
  let id = RecordID(high: 0x0190_0000_0000_7000, low: 0x8000_0000_0000_0001)
  let key = (0..<32).map { _ in UInt8.random(in: .min ... .max) }
  let plain: Data

  /// - Parameter size: of the plain text, which is random.
  init(size: Int) async throws {
    folder = try TemporaryFolder("content")
    store = try await ContentDirectory(path: folder.path)
    plain = Data(try AES.GCM.seal(Data(count: size), using: SymmetricKey(size: .bits256)).ciphertext)
  }

  var sha256: Data { Data(SHA256.hash(data: plain)) }

  func format(_ attempts: [Int64] = [0]) -> ContentFormat {
    ContentFormat(size: Int64(plain.count), key: key, attempts: attempts)
  }

  /// What is stored of it.
  var stored: URL { URL(filePath: folder.file(id.description)) }
  var part: URL { URL(filePath: folder.file("\(id).part")) }

  /// Takes in all of it, in parts of a size.
  @discardableResult
  func take(_ plain: Data? = nil, in size: Int = 100_000, attempts: [Int64] = [0]) async throws -> Bool {
    let plain = plain ?? self.plain
    let draft = try await store.draft(of: id)
    defer { draft.close() }
    var intake = try await ContentIntake(draft, format(attempts))
    intake.begin(attempts)
    for start in stride(from: Int(intake.taken), to: plain.count, by: size) {
      try await intake.take(plain[start..<min(start + size, plain.count)])
    }
    guard intake.isComplete(sha256) else { return false }
    try await draft.finish()
    return true
  }

  /// All of it from an offset on.
  func give(from offset: Int64 = 0, _ format: ContentFormat? = nil) async throws -> Data {
    let content = try await store.content(of: id)
    defer { content.close() }
    let output = try await ContentOutput(content, format ?? self.format())
    var given = Data()
    while let bytes = try await output.bytes(at: offset + Int64(given.count)) { given.append(bytes) }
    return given
  }
}

/// The fault that `body` throws; nil when it throws none.
func fault(_ body: () async throws -> some Any) async throws -> ContentFault? {
  do {
    _ = try await body()
    return nil
  } catch let fault as ContentFault {
    return fault
  }
}
