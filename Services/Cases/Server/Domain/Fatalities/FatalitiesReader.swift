/// Reads a publication of the fatalities from bytes as they come. No I/O.
struct FatalitiesReader {
  /// Refused rows up to which a file is still taken for the data set.
  static let mostRefusals = 1000

  private let mapping: FatalityRowMapping
  private var csv: CSVReader
  private var columns: [FatalityColumn: Int]?
  private var published: PartialDate?
  private var entries: [FatalitiesFile.Entry] = []
  private var seen: Set<FatalityKey> = []
  private var refusals = 0

  init(missions: Set<String>, limits: CSVReader.Limits = .init()) {
    mapping = FatalityRowMapping(missions: missions)
    csv = CSVReader(limits: limits)
  }

  /// Takes the next bytes of the file.
  mutating func read(_ bytes: some Sequence<UInt8>) throws(FatalitiesFileError) {
    let records: [CSVRecord]
    do { records = try csv.read(bytes) } catch { throw .csv(error) }
    for record in records { try take(record) }
  }

  /// Ends the file.
  mutating func finish() throws(FatalitiesFileError) -> FatalitiesFile {
    let records: [CSVRecord]
    do { records = try csv.finish() } catch { throw .csv(error) }
    for record in records { try take(record) }
    guard let published else { throw .empty }
    return FatalitiesFile(published: published, entries: entries)
  }

  private mutating func take(_ record: CSVRecord) throws(FatalitiesFileError) {
    guard let columns else {
      columns = try Self.columns(of: record.fields)
      return
    }
    func field(_ column: FatalityColumn) -> String {
      columns[column].map { record.fields[$0] } ?? ""
    }
    let published = try publicationDate(field(.lastUpdate), line: record.line)
    let content = content(field, published: published)
    if case .failure = content { try countRefusal(line: record.line) }
    entries.append(
      FatalitiesFile.Entry(line: record.line, casualtyID: String(field(.casualtyID).prefix(64)), content: content)
    )
  }

  /// Where each column is. They may come in any order; none may be missing and none added, since a changed schema
  /// may mean changed content.
  private static func columns(of header: [String]) throws(FatalitiesFileError) -> [FatalityColumn: Int] {
    let known = header.map(FatalityColumn.init(rawValue:))
    let missing = FatalityColumn.allCases.filter { column in known.count { $0 == column } != 1 }
    let unexpected = zip(header, known).filter { $0.1 == nil }.map(\.0)
    guard missing.isEmpty, unexpected.isEmpty else {
      throw .header(missing: missing.map(\.rawValue), unexpected: unexpected)
    }
    var columns: [FatalityColumn: Int] = [:]
    for (index, column) in known.enumerated() { if let column { columns[column] = index } }
    return columns
  }

  private mutating func publicationDate(
    _ text: String,
    line: Int
  ) throws(FatalitiesFileError) -> PartialDate {
    guard let date = PartialDate(text), date.isDay, date == published ?? date else {
      throw .publicationDate(line: line)
    }
    published = date
    return date
  }

  private mutating func content(
    _ field: (FatalityColumn) -> String,
    published: PartialDate
  ) -> Result<FatalityRow, FatalityRefusal> {
    do throws(FatalityRefusal) {
      let row = try mapping.row(field, published: published)
      guard seen.insert(row.key).inserted else {
        throw FatalityRefusal(.duplicate, .casualtyID, "is in the file already with the same nationality")
      }
      return .success(row)
    } catch {
      return .failure(error)
    }
  }

  private mutating func countRefusal(line: Int) throws(FatalitiesFileError) {
    refusals += 1
    guard refusals > Self.mostRefusals else { return }
    let first = entries.first { entry in
      if case .failure = entry.content { true } else { false }
    }
    throw .tooManyRefusals(limit: Self.mostRefusals, first: first?.line ?? line)
  }
}
