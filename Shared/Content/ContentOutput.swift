package import FoundationEssentials

/// Gives out content in plain text, chunk by chunk.
package struct ContentOutput: Sendable {
  private let content: any StoredContent
  private let format: ContentFormat

  /// - Throws: ``ContentFault/damaged`` when it is longer or shorter than it was.
  package init(_ content: any StoredContent, _ format: ContentFormat) async throws(ContentFault) {
    self.content = content
    self.format = format
    guard try await content.size() == format.storedSize else { throw .damaged }
  }

  /// The plain text from there to the end of its chunk; nil at the end.
  ///
  /// - Throws: ``ContentFault/damaged`` for what was changed.
  package func bytes(at offset: Int64) async throws(ContentFault) -> Data? {
    guard offset < format.size else { return nil }
    let chunk = offset / Int64(ContentFormat.chunkSize)
    let plain = try await content.plain(chunk, format)
    return plain.dropFirst(Int(offset - format.start(of: chunk)))
  }
}
