import AIP
import Policy
import Postgres

/// A note verbale, letter or meeting between the United Nations and another side.
struct Communication: Hashable, Sendable {
  enum Kind: Int16, Vocabulary {
    case noteVerbale = 1
    case letter, meeting, message

    static let prefix = "KIND_"

    var name: String {
      switch self {
      case .noteVerbale: "NOTE_VERBALE"
      case .letter: "LETTER"
      case .meeting: "MEETING"
      case .message: "MESSAGE"
      }
    }
  }

  enum Direction: Int16, Vocabulary {
    case outgoing = 1
    case incoming

    static let prefix = "DIRECTION_"

    var name: String {
      switch self {
      case .outgoing: "OUTGOING"
      case .incoming: "INCOMING"
      }
    }
  }

  /// What it does.
  enum Act: Int16, Vocabulary {
    case notification = 1
    case acknowledgement, update, request, protest, other

    static let prefix = "ACT_"

    var name: String {
      switch self {
      case .notification: "NOTIFICATION"
      case .acknowledgement: "ACKNOWLEDGEMENT"
      case .update: "UPDATE"
      case .request: "REQUEST"
      case .protest: "PROTEST"
      case .other: "OTHER"
      }
    }
  }

  var id: RecordID
  var caseID: RecordID
  var kind: Kind
  var direction: Direction
  var act: Act
  /// The other side.
  var party: PartyID
  /// The day on which it was sent or held.
  var sent: PartialDate
  var symbol: String
  var subject: String
  /// The communication that it answers.
  var answers: RecordID?
  var author: RecordID
  var createTime: PostgresTimestamp
}
