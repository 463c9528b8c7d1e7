/// Reads CSV as RFC 4180 has it, strictly, from bytes as they come: UTF-8 with or without a byte-order mark, lines
/// ended by CRLF or LF, quotes only around a whole field, every record as wide as the first.
///
/// Memory is bounded by the limits and by what the caller keeps of the records.
struct CSVReader {
  struct Limits {
    /// Bytes of one field.
    var field = 4096
    /// Records, the first included.
    var records = 25_001
  }

  private enum State {
    case fieldStart
    case unquoted
    case quoted
    /// After a quote inside quotes: the end of the field or the first half of a doubled quote.
    case quoteInQuoted
    /// After a carriage return: a line feed must follow.
    case carriageReturn
  }

  private let limits: Limits
  private var state = State.fieldStart
  private var field: [UInt8] = []
  private var fields: [String] = []
  private var records: [CSVRecord] = []
  private var width: Int?
  private var count = 0
  private var line = 1
  private var recordLine = 1
  private var skipped = 0

  init(limits: Limits = Limits()) {
    self.limits = limits
  }

  /// Takes the next bytes and returns the records that they complete.
  mutating func read(_ bytes: some Sequence<UInt8>) throws(CSVError) -> [CSVRecord] {
    for byte in bytes { try take(byte) }
    defer { records.removeAll(keepingCapacity: true) }
    return records
  }

  /// Ends the file and returns the last record, if it was not ended by a line break.
  mutating func finish() throws(CSVError) -> [CSVRecord] {
    if skipped > 0, skipped < Self.byteOrderMark.count { throw fail(.notText) }
    switch state {
    case .quoted: throw fail(.unclosedQuote)
    case .carriageReturn: throw fail(.misplacedCharacter)
    case .fieldStart where fields.isEmpty: break
    case .fieldStart, .unquoted, .quoteInQuoted: try endRecord()
    }
    defer { records.removeAll() }
    return records
  }

  private func fail(_ reason: CSVError.Reason) -> CSVError {
    CSVError(reason: reason, line: recordLine)
  }

  private mutating func take(_ byte: UInt8) throws(CSVError) {
    if skipped < Self.byteOrderMark.count, try skipByteOrderMark(byte) { return }
    switch state {
    case .fieldStart where byte == Self.quote: state = .quoted
    case .fieldStart, .unquoted: try takeUnquoted(byte)
    case .quoted where byte == Self.quote: state = .quoteInQuoted
    case .quoted: try append(byte)
    case .quoteInQuoted where byte == Self.quote:
      try append(byte)
      state = .quoted
    case .quoteInQuoted: try takeSeparator(byte)
    case .carriageReturn:
      guard byte == Self.lineFeed else { throw fail(.misplacedCharacter) }
      try endLine()
    }
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")

  /// Whether the byte belongs to the mark at the beginning; whatever is not one is text.
  private mutating func skipByteOrderMark(_ byte: UInt8) throws(CSVError) -> Bool {
    if byte == Self.byteOrderMark[skipped] {
      skipped += 1
      return true
    }
    let begun = skipped
    skipped = Self.byteOrderMark.count
    // Half a mark is not UTF-8 either.
    guard begun == 0 else { throw fail(.notText) }
    return false
  }

  private mutating func takeUnquoted(_ byte: UInt8) throws(CSVError) {
    switch byte {
    case UInt8(ascii: ","), Self.lineFeed, UInt8(ascii: "\r"): try takeSeparator(byte)
    case Self.quote: throw fail(.misplacedCharacter)
    default:
      try append(byte)
      state = .unquoted
    }
  }

  private mutating func takeSeparator(_ byte: UInt8) throws(CSVError) {
    switch byte {
    case UInt8(ascii: ","):
      try endField()
      state = .fieldStart
    case Self.lineFeed: try endLine()
    case UInt8(ascii: "\r"): state = .carriageReturn
    default: throw fail(.misplacedCharacter)
    }
  }

  private mutating func append(_ byte: UInt8) throws(CSVError) {
    // Of the control characters only tab and line breaks occur in text.
    if byte < 0x20 {
      guard byte == 0x09 || byte == 0x0A || byte == 0x0D else { throw fail(.notText) }
      if byte == Self.lineFeed { line += 1 }
    }
    guard field.count < limits.field else { throw fail(.fieldTooLong(limit: limits.field)) }
    field.append(byte)
  }

  private mutating func endField() throws(CSVError) {
    guard let text = String(validating: field, as: UTF8.self) else { throw fail(.notText) }
    guard fields.count < width ?? 1000 else {
      throw fail(.width(expected: width ?? 1000, found: fields.count + 1))
    }
    fields.append(text)
    field.removeAll(keepingCapacity: true)
  }

  private mutating func endLine() throws(CSVError) {
    try endRecord()
    line += 1
    recordLine = line
    state = .fieldStart
  }

  private mutating func endRecord() throws(CSVError) {
    try endField()
    let expected = width ?? fields.count
    guard fields.count == expected else { throw fail(.width(expected: expected, found: fields.count)) }
    width = expected
    count += 1
    guard count <= limits.records else { throw fail(.tooManyRecords(limit: limits.records - 1)) }
    records.append(CSVRecord(line: recordLine, fields: fields))
    fields.removeAll(keepingCapacity: true)
  }
}
