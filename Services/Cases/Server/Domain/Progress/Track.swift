import AIP
import Postgres

/// What is followed through its stages: a proceeding as a whole, one accused in it, or a protest against a detention.
struct Track: Hashable, Sendable {
  enum Kind: Int16, Vocabulary {
    case accountability = 1
    case diplomatic

    static let prefix = "KIND_"

    var name: String {
      switch self {
      case .accountability: "ACCOUNTABILITY"
      case .diplomatic: "DIPLOMATIC"
      }
    }
  }

  var id: RecordID
  var caseID: RecordID
  var kind: Kind
  /// Nil of a diplomatic track.
  var proceeding: RecordID?
  /// The accused; nil for the proceeding as a whole.
  var suspect: RecordID?
  var author: RecordID
  var createTime: PostgresTimestamp
}

extension [Track] {
  /// Those that decide of the case: a proceeding as a whole is left to its accused once there are any.
  var deciding: [Track] {
    let accused = Set(filter { $0.suspect != nil }.map(\.proceeding))
    return filter { $0.kind == .accountability && ($0.suspect != nil || !accused.contains($0.proceeding)) }
  }
}
