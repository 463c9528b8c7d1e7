package import AIP
package import FoundationEssentials

/// Where content is kept, by identifiers that the service makes: what a caller calls a file never gets here.
///
/// A store of objects can stand in for a folder: a draft is an upload of many parts (parts are written in order and read
/// again when it goes on), ``ContentDraft/finish()`` completes it, and a chunk is a range of the object.
package protocol ContentStore: Sendable {
  /// Begins a draft, or goes on with the one that there is: what was finished and is taken up again is a draft again. One
  /// at a time holds it, until ``ContentDraft/close()``, which ``ContentFault/busy`` says to the others.
  func draft(of id: RecordID) async throws(ContentFault) -> any ContentDraft

  /// Makes durable what a draft has, and says how many bytes those are; 0 where there is none.
  func settledSize(of id: RecordID) async throws(ContentFault) -> Int64

  /// What was finished.
  func content(of id: RecordID) async throws(ContentFault) -> any StoredContent

  /// Removes it, finished or not; nothing where there is none.
  func remove(_ id: RecordID) async throws(ContentFault)
}

/// Content that can be read.
package protocol StoredContent: Sendable {
  /// In bytes.
  func size() async throws(ContentFault) -> Int64

  /// The bytes from `offset` on, fewer only at the end, after `room` bytes of zeros, which the caller fills.
  func read(at offset: Int64, count: Int, after room: Int) async throws(ContentFault) -> Data

  /// To be called once, at the end.
  func close()
}

/// Content that is being written.
package protocol ContentDraft: StoredContent {
  func write(_ bytes: Data, at offset: Int64) async throws(ContentFault)

  /// Drops what is behind.
  func truncate(to size: Int64) async throws(ContentFault)

  /// Makes durable what is there.
  func settle() async throws(ContentFault)

  /// Makes the draft the content, durably and in one step.
  func finish() async throws(ContentFault)
}
