import AIP
import Policy
import Postgres

/// Something that was done with an item of evidence. The events of an item are its chain of custody: never changed.
struct CustodyEvent: Hashable, Sendable {
  enum Kind: Int16, Vocabulary {
    case recorded = 1
    case contentStored, handedOver, received, holdPlaced, holdLifted, disposalProposed, disposed

    static let prefix = "KIND_"

    var name: String {
      switch self {
      case .recorded: "RECORDED"
      case .contentStored: "CONTENT_STORED"
      case .handedOver: "HANDED_OVER"
      case .received: "RECEIVED"
      case .holdPlaced: "HOLD_PLACED"
      case .holdLifted: "HOLD_LIFTED"
      case .disposalProposed: "DISPOSAL_PROPOSED"
      case .disposed: "DISPOSED"
      }
    }
  }

  /// What was stored.
  struct Content: Hashable, Sendable {
    /// Which key it is encrypted with, and what it is called where it is stored.
    var key: RecordID
    var size: Int64
    var sha256: [UInt8]
  }

  var id: RecordID
  var caseID: RecordID
  var item: RecordID
  var kind: Kind
  /// Of the person who did it.
  var party: PartyID
  /// Who holds the item then, or is to receive it.
  var holder: PartyID?
  var custodian = ""
  var reason: String
  /// The event that this one answers.
  var answers: RecordID?
  var content: Content?
  var author: RecordID
  var createTime: PostgresTimestamp
}
