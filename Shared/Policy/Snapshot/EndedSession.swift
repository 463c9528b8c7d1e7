package import AIP

/// A session that has ended although tokens of it would still be good.
package struct EndedSession: Hashable, Sendable {
  package let id: RecordID
  /// When the last of its tokens ends by itself.
  package let until: PolicyTime

  package init(id: RecordID, until: PolicyTime) {
    self.id = id
    self.until = until
  }

  /// As a line of a snapshot.
  var line: String { "ended-session \(id) \(until.microseconds)" }
}

extension PolicyWords {
  /// The rest of the line `ended-session`.
  mutating func endedSession() throws(PolicyTextError) -> EndedSession {
    let id = try value("identifier") { RecordID($0) }
    return EndedSession(id: id, until: PolicyTime(microseconds: try value("time") { Int64($0) }))
  }
}
