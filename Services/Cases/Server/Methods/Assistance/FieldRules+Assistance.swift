import AIP
import Policy
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

// What fields of the register of assistance must be.
extension FieldRules {
  /// The values of a vocabulary that enums stand for: at least one.
  static func words<Word: Vocabulary>(
    _ values: [some SwiftProtobuf.Enum], field: String, _ type: Word.Type
  ) throws(ServiceError) -> [Word] {
    guard !values.isEmpty, values.count <= Word.allCases.count else {
      throw .invalid(field, "must be of 1 to \(Word.allCases.count) values")
    }
    var words: [Word] = []
    for value in values { words.append(try word(value, field: field)) }
    return words
  }

  /// A value of the contract's that has no counterpart here.
  static func known(_ value: some SwiftProtobuf.Enum & CaseIterable & Equatable, field: String) throws(ServiceError) {
    guard value.rawValue != 0, type(of: value).allCases.contains(value) else { throw .invalid(field, "is required") }
  }

  static func texts(_ texts: [String], field: String, most: Int = 20, limit: Int = 200) throws(ServiceError) {
    guard texts.count <= most else { throw .invalid(field, "must be of at most \(most)") }
    for text in texts { _ = try self.text(text, field: field, limit: limit) }
  }

  static func parties(_ texts: [String], field: String, most: Int = 20) throws(ServiceError) -> [PartyID] {
    guard texts.count <= most else { throw .invalid(field, "must be of at most \(most)") }
    var parties: [PartyID] = []
    for text in texts { parties.append(try party(text, field: field)) }
    return parties
  }

  /// A State.
  static func state(_ text: String, field: String) throws(ServiceError) -> PartyID {
    let isCapital = { (byte: UInt8) in (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
    guard text.utf8.count == 3, text.utf8.allSatisfy(isCapital), let state = PartyID(text) else {
      throw .invalid(field, "must be an ISO 3166-1 alpha-3 code in capital letters")
    }
    return state
  }

  static func mission(_ text: String, field: String) throws(ServiceError) -> MissionID {
    try MissionName(parsing: text, field: field).id
  }

  /// Cases, each once.
  static func cases(_ names: [String], field: String, most: Int = 100) throws(ServiceError) -> [RecordID] {
    guard names.count <= most else { throw .invalid(field, "must be of at most \(most)") }
    var cases: [RecordID] = []
    for name in names {
      let id = try CaseName(parsing: name, field: field).id
      guard !cases.contains(id) else { throw .invalid(field, "must name each case once") }
      cases.append(id)
    }
    return cases
  }

  /// A date that is required and not in the future.
  static func pastDate(_ message: PBPartialDate?, field: String, today: PartialDate) throws(ServiceError) {
    guard let date = try date(message, field: field) else { throw .invalid(field, "is required") }
    guard date <= today else { throw .impossibleDate(field, "is in the future", today) }
  }

  /// The first day and the last of something, either of which may be left out.
  static func period(_ start: PBPartialDate?, _ end: PBPartialDate?, in parent: String) throws(ServiceError) {
    let start = try date(start, field: "\(parent).start_date")
    guard let end = try date(end, field: "\(parent).end_date"), let start else { return }
    guard end.span.upperBound >= start.rawValue else {
      throw .impossibleDate("\(parent).end_date", "is before the first day", start)
    }
  }

  /// An amount in hundredths; nil when it was left out.
  static func money(_ money: PBMoney?, field: String) throws(ServiceError) -> Int64? {
    guard let money else { return nil }
    let isCapital = { (byte: UInt8) in (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
    guard money.currencyCode.utf8.count == 3, money.currencyCode.utf8.allSatisfy(isCapital) else {
      throw .invalid("\(field).currency_code", "must be an ISO 4217 code in capital letters")
    }
    guard (0...1_000_000_000_000).contains(money.units) else {
      throw .invalid("\(field).units", "must be from 0 to 1,000,000,000,000")
    }
    guard (0..<1_000_000_000).contains(money.nanos), money.nanos.isMultiple(of: 10_000_000) else {
      throw .invalid("\(field).nanos", "must be whole hundredths")
    }
    return money.units * 100 + Int64(money.nanos / 10_000_000)
  }
}

extension PBPartialDate {
  /// Without the day.
  mutating func dropDay() { day = 0 }
}
