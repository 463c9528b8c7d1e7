import AIP
import Postgres

/// One case of the register.
struct Case: Hashable, Sendable {
  enum State: Int16, Vocabulary {
    case triage = 1
    case open, dormant, closed, outOfScope, draft, merged, enteredInError

    static let prefix = "STATE_"

    var name: String {
      switch self {
      case .triage: "TRIAGE"
      case .open: "OPEN"
      case .dormant: "DORMANT"
      case .closed: "CLOSED"
      case .outOfScope: "OUT_OF_SCOPE"
      case .draft: "DRAFT"
      case .merged: "MERGED"
      case .enteredInError: "ENTERED_IN_ERROR"
      }
    }
  }

  var id: RecordID
  var displayNumber: String
  var mission: MissionID
  var incidentDate: PartialDate
  var incidentEndDate: PartialDate?
  var act: ActCategory
  var state: State
  var victimCount: Int32
  var hostStates: [String]
  var areHostStatesReviewed: Bool
  var dataSet: String
  var publicationDate: PartialDate?
  var sourceClassification: String
  var revision: Int64
  var createTime: PostgresTimestamp
  var updateTime: PostgresTimestamp
  /// The case that stands for it while it is merged.
  var mergedInto: RecordID?
}

/// A nationality as a code and as the source wrote it.
struct Nationality: Hashable, Sendable {
  /// ISO 3166-1 alpha-3, historical codes included; empty when undetermined.
  var code: String
  var sourceName: String
}

/// How the publisher of the fatalities codes an incident.
enum IncidentType: Int16, CaseIterable, Sendable {
  case maliciousAct = 1
  case accident, illness, selfInflicted, toBeDetermined, unknown

  /// As the publisher writes it.
  var label: String {
    switch self {
    case .maliciousAct: "Malicious Act"
    case .accident: "Accident"
    case .illness: "Illness"
    case .selfInflicted: "Self-Inflicted"
    case .toBeDetermined: "To Be Determined"
    case .unknown: "Unknown"
    }
  }

  init?(label: String) {
    guard let type = Self.allCases.first(where: { $0.label == label }) else { return nil }
    self = type
  }
}
