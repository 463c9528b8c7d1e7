import VigilTypeAPI

extension PBRedaction {
  /// For people: what was done, and why.
  var text: String { "\(done) (\(why))" }

  private var done: String {
    switch transform {
    case .drop: "left out"
    case .countOnly: "only counted"
    case .mask: "masked"
    case .pseudonym: "a pseudonym"
    case .translatedSummary: "a summary"
    case .generalise: "made coarser"
    default: label(transform)
    }
  }

  private var why: String {
    switch reason {
    case .notEntitled: "no right to it"
    case .summaryOnly: "summary only"
    case .ownRecordsOnly: "own records only"
    case .originatorControl: "its originator has not consented"
    case .grantRequired: "it takes a grant"
    case .clearance: "above your clearance"
    case .caveat: "a handling caveat"
    case .embargo: "held back for a time"
    default: label(reason)
    }
  }
}

extension [PBRedaction] {
  /// Every field with what was done to it and why.
  var text: String { map { "\($0.field): \($0.text)" }.joined(separator: "; ") }

  /// The fields.
  var fields: String { map(\.field).joined(separator: " ") }

  /// The value of a field for people: where there is none, why.
  func value(_ value: String, of field: String) -> String {
    guard value.isEmpty, let redaction = first(where: { $0.field == field }) else { return value }
    return redaction.text
  }
}
