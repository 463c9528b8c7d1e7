import AIP
import Audit
import MerkleTree
import Policy
import Postgres

/// The benchmark's command line.
struct BenchmarkOptions: Sendable {
  var url = ""
  var entries = 10_000_000
  var duration = Duration.seconds(9)

  init(_ arguments: some Sequence<String>) {
    var words = arguments.makeIterator()
    while let option = words.next(), let value = words.next() {
      switch option {
      case "--url": url = value
      case "--entries": entries = Int(value) ?? entries
      case "--seconds": duration = Double(value).map { .seconds($0) } ?? duration
      default: break
      }
    }
  }
}

/// Records as services make them.
enum SampleRecord {
  private static let parties = ["KEN", "MLI", "EGY", "NPL", "BGD", "RWA", "minusma", "OROLSI"].compactMap {
    PartyID($0)
  }

  static func read(_ number: Int) -> AuditRecord { record(number, "vigil.cases.v1.CaseService/GetCase") }

  static func act(_ number: Int) -> AuditRecord { record(number, "vigil.access.v1.GrantService/ApproveGrant") }

  private static func record(_ number: Int, _ method: String) -> AuditRecord {
    let id = RecordID(high: UInt64(truncatingIfNeeded: number % 64), low: 1 << 63)
    return AuditRecord(
      time: PolicyTime(microseconds: 1_790_000_000_000_000 + Int64(number)), method: method, principal: id,
      party: parties[number % parties.count], resource: "cases/\(id)", purpose: .investigation,
      classes: [.core, .exact, .victimIdentity], policyVersion: 1)
  }
}

/// How long things took.
struct Figures {
  private let sorted: [Duration]

  init(_ times: [Duration]) { sorted = times.sorted() }

  private func microseconds(_ time: Duration) -> Double { (time / .nanoseconds(1)) / 1000 }

  private func percentile(_ part: Double) -> Double {
    sorted.isEmpty ? 0 : microseconds(sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))])
  }

  private var mean: Double { microseconds(sorted.reduce(.zero, +)) / Double(max(1, sorted.count)) }

  private func text(_ value: Double) -> String { String(Int(value.rounded())) }

  private var times: String {
    #""mean_us": \#(text(mean)), "p50_us": \#(text(percentile(0.5))), "p99_us": \#(text(percentile(0.99)))"#
  }

  func line(kind: String, entries: Int) -> String {
    #"{"kind": "\#(kind)", "entries": \#(entries), "callers": 1, \#(times)}"#
  }

  func line(kind: String, callers: Int, over duration: Duration) -> String {
    let rate = Int(Double(sorted.count) / (duration / .seconds(1)))
    return #"{"kind": "\#(kind)", "callers": \#(callers), "per_second": \#(rate), \#(times)}"#
  }
}

/// The latest head.
struct SelectRoot: PostgresStatement {
  static var isReadOnly: Bool { true }
  static var name: String { "SelectRoot" }
  var sql: String { "SELECT size, root FROM audit_heads ORDER BY size DESC LIMIT 1" }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> (UInt64, TreeHash) {
    (UInt64(clamping: try row.decode(Int64.self)), TreeHash(bytes: try row.decode([UInt8].self)) ?? .empty)
  }
}

struct SelectLeaf: PostgresStatement {
  static var isReadOnly: Bool { true }
  static var name: String { "SelectLeaf" }
  var index: Int64
  var sql: String { "SELECT leaf FROM audit_entries WHERE index = $1" }
  func bind(_ parameters: inout PostgresParameters) { parameters.append(index) }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> [UInt8] { try row.decode() }
}

/// How many records wait.
struct CountOutbox: PostgresStatement {
  static var isReadOnly: Bool { true }
  static var name: String { "CountOutbox" }
  var sql: String {
    "SELECT count(*) FROM audit_records r, audit_cursor c WHERE (r.xact, r.id) > (c.xact, c.id)"
  }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Int64 { try row.decode() }
}
