import AIP
import Postgres

/// The key of an item's content, and how far the content is.
struct EvidenceKey: Hashable, Sendable, Identifiable {
  enum State: Int16, Hashable, Sendable {
    case uploading = 1
    case stored, destroyed
  }

  /// What the content is called where it is stored.
  var id: RecordID
  var caseID: RecordID
  var item: RecordID
  /// Of the plain text, as announced.
  var size: Int64
  var sha256: [UInt8]
  /// The chunk from which each attempt to upload went on.
  var attempts: [Int64] = []
  var state = State.uploading
  /// Sealed; nil once it is destroyed.
  var sealed: [UInt8]?
  var createTime: PostgresTimestamp
  var endTime: PostgresTimestamp?

  /// Whether somebody announces the same.
  func isOf(size: Int64, sha256: [UInt8]) -> Bool { self.size == size && self.sha256 == sha256 }

  mutating func destroy(at time: PostgresTimestamp) {
    (state, sealed, endTime) = (.destroyed, nil, time)
  }
}
