import AIP
import Policy
import SwiftProtobuf
import VigilTypeAPI

// What fields of this service's requests must be.
extension FieldRules {
  /// Text that may be left out.
  static func optionalText(_ text: String, field: String, limit: Int) throws(ServiceError) -> String {
    text.isEmpty ? "" : try self.text(text, field: field, limit: limit)
  }

  /// Text of several lines that may be left out.
  static func prose(_ text: String, field: String, limit: Int) throws(ServiceError) -> String {
    guard !text.isEmpty else { return "" }
    guard text.unicodeScalars.count <= limit else { throw .invalid(field, "must be of 1 to \(limit) characters") }
    // Lines are rid of what ends them, and then hold to the rules of any text.
    for line in text.split(separator: "\n") { _ = try self.text(String(line), field: field, limit: limit) }
    return text
  }

  /// A language by its BCP 47 tag that may be left out: subtags of letters and digits.
  static func language(_ text: String, field: String) throws(ServiceError) -> String {
    let subtags = text.split(separator: "-", omittingEmptySubsequences: false)
    let isTag = subtags.allSatisfy {
      (1...8).contains($0.utf8.count) && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
    guard text.isEmpty || isTag && text.utf8.count <= 35 && (2...3).contains(subtags[0].utf8.count) else {
      throw .invalid(field, "must be a language tag, such as fr or zh-Hans")
    }
    return text
  }

  static func party(_ text: String, field: String) throws(ServiceError) -> PartyID {
    guard let party = PartyID(text) else {
      throw .invalid(field, "must be of 1 to 16 letters, digits, '.', '-', '_'")
    }
    return party
  }

  /// The value of a vocabulary that an enum stands for.
  static func word<Word: Vocabulary>(_ value: some SwiftProtobuf.Enum, field: String) throws(ServiceError) -> Word {
    guard let number = Int16(exactly: value.rawValue), let word = Word(rawValue: number) else {
      throw .invalid(field, "must be one of \(Word.allCases.map(\.name).joined(separator: ", "))")
    }
    return word
  }

  /// The same of one that may be left out.
  static func optionalWord<Word: Vocabulary>(
    _ value: some SwiftProtobuf.Enum, field: String
  ) throws(ServiceError) -> Word? {
    value.rawValue == 0 ? nil : try word(value, field: field)
  }

  /// A date; nil when it was left out.
  static func date(_ message: PBPartialDate?, field: String) throws(ServiceError) -> PartialDate? {
    guard let message else { return nil }
    guard let date = PartialDate(message) else { throw .invalid(field, "must be a date") }
    return date
  }

  /// A date on which something can have happened: not before the incident, not in the future.
  static func past(
    _ message: PBPartialDate?, field: String, incident: PartialDate, today: PartialDate
  ) throws(ServiceError) -> PartialDate? {
    guard let date = try date(message, field: field) else { return nil }
    guard date.span.upperBound >= incident.rawValue else {
      throw .impossibleDate(field, "is before the incident", incident)
    }
    guard date <= today else { throw .impossibleDate(field, "is in the future", today) }
    return date
  }
}

extension ServiceError {
  /// INVALID_ARGUMENT (IMPOSSIBLE_DATE).
  static func impossibleDate(_ field: String, _ description: String, _ bound: PartialDate) -> ServiceError {
    .invalid(field, description, reason: .impossibleDate, metadata: ["bound": bound.description])
  }
}
