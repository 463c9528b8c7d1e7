import AIP
import Postgres

/// Somebody who may have taken part. Presumed innocent until a final conviction.
struct Suspect: Hashable, Sendable {
  enum Status: Int16, Vocabulary {
    case unidentified = 1
    case identified, atLarge, wanted, arrested, detained, released, escaped, charged, convicted, acquitted, deceased

    static let prefix = "STATUS_"

    var name: String {
      switch self {
      case .unidentified: "UNIDENTIFIED"
      case .identified: "IDENTIFIED"
      case .atLarge: "AT_LARGE"
      case .wanted: "WANTED"
      case .arrested: "ARRESTED"
      case .detained: "DETAINED"
      case .released: "RELEASED"
      case .escaped: "ESCAPED"
      case .charged: "CHARGED"
      case .convicted: "CONVICTED"
      case .acquitted: "ACQUITTED"
      case .deceased: "DECEASED"
      }
    }
  }

  var id: RecordID
  var caseID: RecordID
  var alias: String
  var affiliation: String
  var status: Status
  var author: RecordID
  var createTime: PostgresTimestamp
}
