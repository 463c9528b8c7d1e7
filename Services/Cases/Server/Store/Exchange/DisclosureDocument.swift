import AIP
import Postgres

/// The document of a package, as it was made.
struct DisclosureDocument: Sendable {
  var package: RecordID
  var bytes: [UInt8]
  /// In the document too.
  var watermark: String
}

struct InsertDisclosureDocument: PostgresStatement {
  typealias Row = Never
  var document: DisclosureDocument
  var time: PostgresTimestamp

  var sql: String {
    "INSERT INTO disclosure_documents (package_id, document, watermark, create_time) VALUES ($1, $2, $3, $4)"
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(document.package)
    parameters.append(document.bytes)
    parameters.append(document.watermark)
    parameters.append(time)
  }
}

/// The document of a package, those that have one of several watermarks, or those about cases.
struct SelectDisclosureDocuments: PostgresStatement {
  enum Selection: Hashable, Sendable {
    case package(RecordID)
    case watermarks([String])
    case cases([RecordID])
  }

  static let isReadOnly = true
  var selection: Selection

  var sql: String {
    "SELECT package_id, document, watermark FROM disclosure_documents WHERE "
      + isMeant
  }

  private var isMeant: String {
    switch selection {
    case .package: "package_id = $1"
    case .watermarks: "watermark = ANY($1) ORDER BY package_id"
    case .cases:
      """
      package_id IN (SELECT id FROM exchange_records WHERE case_id = ANY($1) AND kind = 3 AND ended_at = 'infinity') \
      ORDER BY package_id
      """
    }
  }

  func bind(_ parameters: inout PostgresParameters) {
    switch selection {
    case .package(let id): parameters.append(id)
    case .watermarks(let watermarks): parameters.append(watermarks)
    case .cases(let ids): parameters.append(ids)
    }
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> DisclosureDocument {
    DisclosureDocument(package: try row.decode(), bytes: try row.decode(), watermark: try row.decode())
  }
}
