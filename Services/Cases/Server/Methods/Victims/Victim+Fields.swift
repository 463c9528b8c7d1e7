import AIP
import Policy
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension Victim {
  /// What people write of it.
  static let fields: [RecordField<Victim, PBVictim>] = [
    .word("category", .victimAttributes, { $0.category }) { $0.category = $1 },
    .word("harm", .victimAttributes, { $0.harm }) { $0.harm = $1 },
    .optionalWord("employer", .victimAttributes, { $0.employer }) { $0.employer = $1 },
    .optionalWord("age_band", .victimAttributes, { $0.ageBand }) { $0.ageBand = $1 },
    RecordField("nationalities", .victimAttributes) {
      !$0.nationalities.isEmpty
    } write: { victim, message, _ in
      victim.nationalities = message.nationalities
      victim.nationality = Nationality(code: message.nationalities.first ?? "", sourceName: "")
    },
    RecordField("sex", .victimAttributes) {
      $0.sex != .unspecified
    } write: { victim, message, field in
      guard let number = Int16(exactly: message.sex.rawValue), let sex = Sex(rawValue: number) else {
        throw ServiceError.invalid(field, "must be FEMALE, MALE or left out")
      }
      victim.sex = sex
    },
    RecordField("head_count", .victimAttributes) {
      $0.headCount != 0
    } write: { victim, message, _ in
      victim.headCount = message.headCount == 0 ? 1 : message.headCount
    },
    .text("subcategory", .victimAttributes, limit: 100, { $0.subcategory }) { $0.subcategory = $1 },
    .text("contributing_state", .victimAttributes, limit: 3, { $0.contributingState }) { $0.contributingState = $1 },
    .text("casualty_id", .victimIdentity, limit: 64, { $0.casualtyID }) { $0.casualtyID = $1 },
    .text("person", .victimIdentity, limit: 200, { $0.person }) { $0.person = $1 },
    .text("rank", .victimIdentity, limit: 100, { $0.rank }) { $0.rank = $1 },
    .text("unit", .victimIdentity, limit: 200, { $0.unit }) { $0.unit = $1 },
    .text("medical_note", .kinMedical, limit: 2000, { $0.medicalNote }) { $0.medicalNote = $1 },
    .date("harm_date", .victimAttributes, { $0.hasHarmDate ? $0.harmDate : nil }) { $0.harmDate = $1 },
    .date("death_date", .victimAttributes, { $0.hasDeathDate ? $0.deathDate : nil }) { $0.deathDate = $1 },
    .date("release_date", .victimAttributes, { $0.hasReleaseDate ? $0.releaseDate : nil }) { $0.releaseDate = $1 },
    .date("return_date", .victimAttributes, { $0.hasReturnDate ? $0.returnDate : nil }) { $0.returnDate = $1 },
    .date("kin_notified_date", .kinMedical, { $0.hasKinNotifiedDate ? $0.kinNotifiedDate : nil }) {
      $0.kinNotifiedDate = $1
    },
  ]

  /// Those that are the publisher's, of a victim that a publication names.
  static let publishedFields: Set<String> = ["category", "nationalities", "sex", "casualty_id"]

  /// The classes of data that a message says anything of.
  static func classes(of message: PBVictim) -> DataClassSet {
    fields.filled(by: message).classes(with: [.victimAttributes])
  }

  /// One that is entered now.
  init(_ message: PBVictim, id: RecordID, as name: String) throws {
    self.init(
      id: id, category: .other, nationality: Nationality(code: "", sourceName: ""), sex: .notStated, harm: .other,
      casualtyID: "", isPublished: false)
    try Self.fields.write(message, to: &self, as: name)
  }
}
