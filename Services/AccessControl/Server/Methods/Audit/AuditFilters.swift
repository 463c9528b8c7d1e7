import AIP
import FoundationEssentials
import Policy
import SwiftProtobuf

extension FilterSchema<AuditTest> {
  /// What entries can be filtered by: nothing that is not seen.
  static func entries(seenBy sight: LogSight) -> Self {
    let index: [String: Field] = [
      "index": .init([.equal, .less, .lessOrEqual, .greater, .greaterOrEqual], "a whole number") { comparison, value in
        Int64(value).map { .index(comparison, $0) }
      }
    ]
    return FilterSchema(sight.showsContent ? index.merging(content) { $1 } : index)
  }

  private static var content: [String: Field] {
    [
      "principal": .init([.equal], "of the form principals/{principal}") { _, value in
        (try? PrincipalName(parsing: value)).map { .principal($0.id) }
      },
      "party": .init([.equal], "a party code") { _, value in
        PartyID(value).map { .party($0.description) }
      },
      "resource": .init([.equal], "the name of a resource") { _, value in
        value.isEmpty ? nil : .resource(value)
      },
      "service": .init([.equal], "the name of a service") { _, value in .service(value) },
      "method": .init([.equal], "the full name of a method") { _, value in .method(value) },
      "grant": .init([.equal], "of the form grants/{grant}") { _, value in
        (try? GrantName(parsing: value)).map { .grant($0.id) }
      },
      "event_time": .init(
        [.less, .lessOrEqual, .greater, .greaterOrEqual], "a time as of RFC 3339, or a day"
      ) { comparison, value in
        PolicyTime(rfc3339: value).map { .time(comparison, $0) }
      },
    ]
  }
}

extension PolicyTime {
  /// A time, or the beginning of a day in UTC.
  fileprivate init?(rfc3339 text: String) {
    let text = text.utf8.count == 10 ? text + "T00:00:00Z" : text
    // A quotation mark would end the text.
    guard text.utf8.allSatisfy({ $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }),
      let time = try? Google_Protobuf_Timestamp(jsonString: "\"\(text)\"")
    else { return nil }
    self.init(microseconds: time.seconds * 1_000_000 + Int64(time.nanos / 1000))
  }
}
