import AIP
import GRPCCore
import Identity
import Policy
import SwiftProtobuf
import VigilTypeAPI

// What fields of this service's requests must be.
extension FieldRules {
  static func party(_ text: String, field: String) throws(ServiceError) -> PartyID {
    guard let party = PartyID(text) else {
      throw .invalid(field, "must be of 1 to 16 letters, digits, '.', '-', '_'")
    }
    return party
  }

  /// The word that an enum stands for.
  static func code<Code: PolicyCode>(_ value: some SwiftProtobuf.Enum, field: String) throws(ServiceError) -> Code {
    guard let code = Code(number: value.rawValue) else { throw .invalid(field, "must be one of the values") }
    return code
  }

  /// The set of words that some enums stand for.
  static func codes<Code: PolicyCode>(
    _ values: [some SwiftProtobuf.Enum], field: String
  ) throws(ServiceError) -> CodeSet<Code> {
    var codes: CodeSet<Code> = []
    for value in values { codes.insert(try code(value, field: field)) }
    return codes
  }

  /// A period from what a request says of it: from now on unless it says when, without an end unless it says one.
  ///
  /// - Parameter mayBegin: the earliest that it may begin.
  static func period(
    from start: Google_Protobuf_Timestamp?, until end: Google_Protobuf_Timestamp?, now: PolicyTime,
    notBefore earliest: PolicyTime = .distantPast
  ) throws(ServiceError) -> Period<PolicyTime> {
    let from = try start.map { value throws(ServiceError) in try time(value, field: "start_time") } ?? now
    guard from >= earliest else { throw .invalid("start_time", "must not be in the past") }
    let until = try end.map { value throws(ServiceError) in try time(value, field: "end_time") } ?? .distantFuture
    guard max(from, now) < until else { throw .invalid("end_time", "must be later than the beginning and than now") }
    return Period(from: from, until: until)
  }

  private static func time(_ value: Google_Protobuf_Timestamp, field: String) throws(ServiceError) -> PolicyTime {
    // google.protobuf.Timestamp: years 1 to 9999.
    guard (-62_135_596_800...253_402_300_799).contains(value.seconds), (0..<1_000_000_000).contains(value.nanos) else {
      throw .invalid(field, "must be a time of the years 1 to 9999")
    }
    return PolicyTime(microseconds: value.seconds * 1_000_000 + Int64(value.nanos / 1000))
  }
}
