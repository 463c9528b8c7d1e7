import AIP
import Policy
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// A field of a message of the contract's that people write into a record.
struct RecordField<Record: Sendable, Message: SwiftProtobuf.Message>: Sendable {
  let path: String
  let dataClass: DataClass
  /// Whether a message says anything of it.
  let isFilled: @Sendable (Message) -> Bool
  /// Takes it from a message, in which it has that name.
  let write: @Sendable (inout Record, Message, String) throws -> Void

  init(
    _ path: String, _ dataClass: DataClass, isFilled: @escaping @Sendable (Message) -> Bool,
    write: @escaping @Sendable (inout Record, Message, String) throws -> Void
  ) {
    self.path = path
    self.dataClass = dataClass
    self.isFilled = isFilled
    self.write = write
  }

  static func text(
    _ path: String, _ dataClass: DataClass, limit: Int, _ read: @escaping @Sendable (Message) -> String,
    _ write: @escaping @Sendable (inout Record, String) -> Void
  ) -> RecordField {
    RecordField(path, dataClass) {
      !read($0).isEmpty
    } write: { record, message, field in
      write(&record, try FieldRules.optionalText(read(message), field: field, limit: limit))
    }
  }

  static func date(
    _ path: String, _ dataClass: DataClass, _ read: @escaping @Sendable (Message) -> PBPartialDate?,
    _ write: @escaping @Sendable (inout Record, PartialDate?) -> Void
  ) -> RecordField {
    RecordField(path, dataClass) {
      read($0) != nil
    } write: { record, message, field in
      write(&record, try FieldRules.date(read(message), field: field))
    }
  }

  /// A word of a vocabulary that has to be given.
  static func word<Value: SwiftProtobuf.Enum, Word: Vocabulary>(
    _ path: String, _ dataClass: DataClass, _ read: @escaping @Sendable (Message) -> Value,
    _ write: @escaping @Sendable (inout Record, Word) -> Void
  ) -> RecordField where Value.RawValue == Int {
    RecordField(path, dataClass) {
      read($0).rawValue != 0
    } write: { record, message, field in
      write(&record, try FieldRules.word(read(message), field: field))
    }
  }

  /// One that need not be.
  static func optionalWord<Value: SwiftProtobuf.Enum, Word: Vocabulary>(
    _ path: String, _ dataClass: DataClass, _ read: @escaping @Sendable (Message) -> Value,
    _ write: @escaping @Sendable (inout Record, Word?) -> Void
  ) -> RecordField where Value.RawValue == Int {
    RecordField(path, dataClass) {
      read($0).rawValue != 0
    } write: { record, message, field in
      write(&record, try FieldRules.optionalWord(read(message), field: field))
    }
  }

  /// Several of them.
  static func words<Value: SwiftProtobuf.Enum, Word: Vocabulary>(
    _ path: String, _ dataClass: DataClass, _ read: @escaping @Sendable (Message) -> [Value],
    _ write: @escaping @Sendable (inout Record, [Word]) -> Void
  ) -> RecordField where Value.RawValue == Int {
    RecordField(path, dataClass) {
      !read($0).isEmpty
    } write: { record, message, field in
      let values = read(message)
      // What is too much is read no further.
      guard values.count <= 100 else { throw ServiceError.invalid(field, "must be at most 10, each once") }
      write(&record, try values.map { try FieldRules.word($0, field: field) })
    }
  }
}

extension Array {
  func paths<Record, Message>() -> Set<String> where Element == RecordField<Record, Message> { Set(map(\.path)) }

  func classes<Record, Message>(with least: DataClassSet) -> DataClassSet
  where Element == RecordField<Record, Message> {
    reduce(into: least) { $0.insert($1.dataClass) }
  }

  func filled<Record, Message>(by message: Message) -> Self where Element == RecordField<Record, Message> {
    filter { $0.isFilled(message) }
  }

  /// Takes them from a message that is the field `name` of a request.
  func write<Record, Message>(
    _ message: Message, to record: inout Record, as name: String
  ) throws where Element == RecordField<Record, Message> {
    for field in self { try field.write(&record, message, "\(name).\(field.path)") }
  }
}

extension ServiceError {
  /// INVALID_ARGUMENT for a record that is the field `name` of a request.
  init(_ fault: RecordFault, of name: String) {
    let field = "\(name).\(fault.field)"
    guard let bound = fault.bound else {
      self = .invalid(field, fault.description)
      return
    }
    self = .impossibleDate(field, fault.description, bound)
  }
}
