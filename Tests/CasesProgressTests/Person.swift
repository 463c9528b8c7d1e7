import AIP
import GRPCCore
import Policy

/// Who calls in these tests.
enum Person: String, CaseIterable {
  /// Case officers of headquarters.
  case officer, secondOfficer
  /// Focal point of the mission, and of another.
  case focalPoint, foreignFocalPoint
  /// Prosecutor of a host State, and another official of it.
  case prosecutor, colleague
  /// Of the State that contributed the victim.
  case contributor
  /// Of a State whose courts may take the case.
  case foreignCourt
  /// Of a State that has nothing to do with it.
  case stranger
  case auditor
  /// Of a court of the host State.
  case clerk
  /// Of the Office of Legal Affairs; of a regional organization; a reader of briefings to the Council; who runs the system.
  case counsel, union, council, systemOperator
  /// Of another State that contributed a victim.
  case secondContributor

  var party: String {
    switch self {
    case .officer, .secondOfficer: "OROLSI"
    case .focalPoint: "untso"
    case .foreignFocalPoint: "minusma"
    case .prosecutor, .colleague, .clerk: "EGY"
    case .contributor: "XAA"
    case .secondContributor: "XDD"
    case .foreignCourt: "XBB"
    case .stranger: "XCC"
    case .auditor: "OIOS"
    case .counsel: "OLA"
    case .union: "AU"
    case .council: "UNSC"
    case .systemOperator: "OICT"
    }
  }

  private var reader: ReaderClass {
    switch self {
    case .officer, .secondOfficer: .headquarters
    case .focalPoint, .foreignFocalPoint: .missionFocalPoint
    case .prosecutor, .colleague, .stranger: .hostState
    case .contributor, .secondContributor: .contributor
    case .foreignCourt, .clerk: .forumState
    case .auditor: .auditor
    case .counsel: .legal
    case .union: .regionalOrganization
    case .council: .councilReader
    case .systemOperator: .systemOperator
    }
  }

  var principal: RecordID { RecordID(high: 0x0190_0000_0000_7000, low: 0x8000_0000_0000_0000 | number) }

  private var number: UInt64 { UInt64(Self.allCases.firstIndex(of: self) ?? 0) + 1 }

  var enrolment: Enrolment? {
    guard let party = PartyID(party) else { return nil }
    let subject = Subject(
      principal: principal, party: party,
      roles: [RoleAssignment(reader)],
      clearance: self == .contributor ? .confidential : .strictlyConfidential)
    return Enrolment(.certificate(uri), subject: subject)
  }

  private var uri: String { "spiffe://vigil.local/client/\(rawValue)" }

  /// Calls as this person.
  var metadata: Metadata {
    var metadata: Metadata = ["test-caller": .string(uri)]
    if self == .auditor { metadata.addString("AUDIT", forKey: "vigil-purpose") }
    if self == .council { metadata.addString("COUNCIL_BRIEF", forKey: "vigil-purpose") }
    return metadata
  }
}
