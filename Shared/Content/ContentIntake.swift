import Crypto
package import FoundationEssentials

/// Takes in plain text as it comes, checks it and stores it sealed, with a chunk in memory and no more.
package struct ContentIntake: Sendable {
  private let draft: any ContentDraft
  private var format: ContentFormat
  private var hash = SHA256()
  /// The next chunk to be written, and the beginning of it that has come.
  private var chunk: Int64 = 0
  private var pending = Data()

  /// Goes on after the last whole chunk that is stored: reads all of them, of which the digest of the whole is made, and
  /// drops what does not open, such as what a crash tore.
  package init(_ draft: any ContentDraft, _ format: ContentFormat) async throws(ContentFault) {
    self.draft = draft
    self.format = format
    let whole = format.wholeChunks(in: try await draft.size())
    while chunk < whole {
      do throws(ContentFault) {
        hash.update(data: try await draft.plain(chunk, format))
      } catch .damaged {
        break
      }
      chunk += 1
    }
    try await draft.truncate(to: min(format.place(of: chunk), format.storedSize))
  }

  /// Plain bytes that were taken.
  package var taken: Int64 { min(format.size, format.start(of: chunk)) + Int64(pending.count) }

  /// The chunk with which a new attempt begins; nil where nothing is left to write.
  package var nextChunk: Int64? { chunk < format.chunkCount ? chunk : nil }

  /// - Parameter attempts: with this one. They must be durable before anything is written.
  package mutating func begin(_ attempts: [Int64]) { format.attempts = attempts }

  /// - Throws: ``ContentFault/unexpected`` for more than was announced.
  package mutating func take(_ bytes: Data) async throws(ContentFault) {
    guard Int64(bytes.count) <= format.size - taken else { throw .unexpected }
    var rest = bytes
    while !rest.isEmpty {
      let length = format.length(of: chunk)
      let part = rest.prefix(length - pending.count)
      rest = rest.dropFirst(part.count)
      // What comes in whole chunks is not copied.
      if part.count == length {
        try await write(part)
      } else {
        pending.append(part)
        guard pending.count == length else { continue }
        try await write(pending)
        pending.removeAll(keepingCapacity: true)
      }
    }
  }

  private mutating func write(_ plain: Data) async throws(ContentFault) {
    hash.update(data: plain)
    try await draft.write(try format.seal(plain, as: chunk), at: format.place(of: chunk))
    chunk += 1
  }

  /// Whether all of it has come, and is what was announced.
  ///
  /// - Parameter sha256: of the plain text.
  package func isComplete(_ sha256: Data) -> Bool {
    nextChunk == nil && sha256.elementsEqual(hash.finalize())
  }
}

extension StoredContent {
  /// A chunk in plain text.
  func plain(_ chunk: Int64, _ format: ContentFormat) async throws(ContentFault) -> Data {
    let count = format.length(of: chunk) + ContentFormat.tagSize
    var stored = try await read(at: format.place(of: chunk), count: count, after: 12)
    return try format.open(&stored, as: chunk)
  }
}
