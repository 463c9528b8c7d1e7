/// Why a CSV file cannot be read.
struct CSVError: Error, Hashable {
  enum Reason: Hashable {
    /// Bytes that no text file has: a binary file, or not UTF-8.
    case notText
    /// Characters after a closing quote, a quote inside an unquoted field, a bare carriage return.
    case misplacedCharacter
    /// The file ends inside quotes.
    case unclosedQuote
    /// More bytes in one field than allowed.
    case fieldTooLong(limit: Int)
    /// A record with another number of fields than the first.
    case width(expected: Int, found: Int)
    /// More records than allowed.
    case tooManyRecords(limit: Int)
  }

  let reason: Reason
  /// Line on which the record begins, the first being 1.
  let line: Int
}

extension CSVError: CustomStringConvertible {
  var description: String {
    switch reason {
    case .notText: "line \(line) is not UTF-8 text"
    case .misplacedCharacter: "line \(line) has a quote or carriage return where none may be"
    case .unclosedQuote: "line \(line) has a quote that is not closed"
    case .fieldTooLong(let limit): "line \(line) has a field of more than \(limit) bytes"
    case .width(let expected, let found): "line \(line) has \(found) fields instead of \(expected)"
    case .tooManyRecords(let limit): "the file has more than \(limit) rows"
    }
  }
}
