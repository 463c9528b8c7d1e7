import AIP
import Policy
import Postgres

/// A test of a row, from a list's filter or from what the caller may see.
protocol RowTest: Sendable {
  /// The test as an SQL expression over the table `t`, never null.
  func write(_ sql: inout ConditionWriter) -> String
}

/// What is listed and read one by one: both by the same statement, so that neither shows what the other does not.
protocol StoredRecord: Sendable {
  associatedtype Test: RowTest

  static var table: String { get }
  /// The columns that ``init(_:)`` reads, of the table `t`.
  static var columns: String { get }
  /// The column that lists are ordered by, unique.
  static var key: String { get }
  static var isDescending: Bool { get }

  init(_ row: inout PostgresRow) throws(PostgresError)
  var keyValue: ListKey { get }
}

/// Where a record stands in its list.
enum ListKey: Hashable, Sendable {
  case id(RecordID)
  case text(String)
  case number(Int64)

  var id: RecordID? { if case .id(let id) = self { id } else { nil } }

  /// As the key of a page token.
  var bytes: [UInt8] {
    switch self {
    case .id(let id): Array("i\(id)".utf8)
    case .text(let text): Array("t\(text)".utf8)
    case .number(let number): Array("n\(number)".utf8)
    }
  }

  init?(bytes: [UInt8]) {
    let text = String(decoding: bytes.dropFirst(), as: UTF8.self)
    switch bytes.first {
    case UInt8(ascii: "i"):
      guard let id = RecordID(text) else { return nil }
      self = .id(id)
    case UInt8(ascii: "t"): self = .text(text)
    case UInt8(ascii: "n"):
      guard let number = Int64(text) else { return nil }
      self = .number(number)
    default: return nil
    }
  }
}

/// Some records in the order of their key.
struct SelectRecords<Record: StoredRecord>: PostgresStatement {
  static var name: String { "SelectRecords.\(Record.table)" }
  static var isReadOnly: Bool { true }
  let sql: String
  private let writer: ConditionWriter

  init(_ filter: FilterTree<Record.Test>, after: ListKey? = nil, limit: Int) {
    var writer = ConditionWriter()
    var condition = filter.sql { $0.write(&writer) }
    if let after {
      condition += " AND t.\(Record.key) \(Record.isDescending ? "<" : ">") "
      switch after {
      case .id(let id): condition += writer.add(id)
      case .text(let text): condition += writer.add(text)
      case .number(let number): condition += writer.add(number)
      }
    }
    sql = """
      SELECT \(Record.columns) FROM \(Record.table) t WHERE \(condition) \
      ORDER BY t.\(Record.key) \(Record.isDescending ? "DESC" : "ASC") LIMIT \(writer.add(limit))
      """
    self.writer = writer
  }

  /// All that pass a test.
  init(all test: Record.Test) { self.init(.condition(test), limit: Int(Int32.max)) }

  func bind(_ parameters: inout PostgresParameters) { writer.bind(&parameters) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Record { try Record(&row) }
}

/// The same records, which stay as they are until the transaction ends.
struct LockRecords<Record: StoredRecord>: PostgresStatement {
  static var name: String { "LockRecords.\(Record.table)" }
  private let select: SelectRecords<Record>

  init(_ filter: FilterTree<Record.Test>, limit: Int) { select = SelectRecords(filter, limit: limit) }

  var sql: String { select.sql + " FOR UPDATE" }

  func bind(_ parameters: inout PostgresParameters) { select.bind(&parameters) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Record { try Record(&row) }
}
