import AIP
import Policy
import Postgres

/// What was said of an item of evidence at a time: never changed; a later account stands for it.
struct EvidenceAccount: Hashable, Sendable {
  var id: RecordID
  var caseID: RecordID
  /// The item, whose identifier is that of its first account.
  var item: RecordID
  /// The place among the accounts of the item, from 1.
  var revision: Int64
  var type: EvidenceType
  /// Whose it is; the same in every account.
  var originator: PartyID
  var description = ""
  var collectedBy = ""
  var collected: PartialDate?
  var collectedPlace = ""
  var mediaType = ""
  var admissibility = ""
  /// Until when it is retained, the day included.
  var retention: PartialDate?
  var classification = Classification.unclassified
  var author: RecordID
  var createTime: PostgresTimestamp

  /// What the policy needs to know of it. What a witness says is never less than strictly confidential.
  var facts: RecordFacts {
    RecordFacts(
      owners: [originator], classification: type == .witnessStatement ? .strictlyConfidential : classification)
  }

  /// Whether what is said can be.
  func check(incident: PartialDate, today: PartialDate) throws(RecordFault) {
    if description.isEmpty { throw RecordFault(field: "description", description: "is required") }
    if let collected {
      if collected.isOver(before: incident) {
        throw RecordFault(field: "collected_date", description: "is before the incident", bound: incident)
      }
      if today < collected {
        throw RecordFault(field: "collected_date", description: "is in the future", bound: today)
      }
    }
    guard mediaType.isEmpty || Self.isMediaType(mediaType) else {
      throw RecordFault(field: "media_type", description: "must be a media type, such as image/jpeg")
    }
  }

  /// Two names of RFC 6838, 4.2, without parameters.
  private static func isMediaType(_ text: String) -> Bool {
    let names = text.split(separator: "/", omittingEmptySubsequences: false)
    func isPlain(_ character: Character) -> Bool {
      character.isASCII && (character.isLetter || character.isNumber)
    }
    return names.count == 2
      && names.allSatisfy { name in
        name.first.map(isPlain) == true && name.allSatisfy { isPlain($0) || "!#$&-^_.+".contains($0) }
      }
  }
}
