import AIP
import GRPCCore

extension ServiceError {
  /// INVALID_ARGUMENT, or OUT_OF_RANGE for too many rows, with the line at fault.
  init(_ error: FatalitiesFileError) {
    switch error {
    case .csv(let error): self.init(error)
    case .empty: self.init(.invalidArgument, .fileEmpty, "the file has no rows")
    case .header(let missing, let unexpected):
      self.init(
        .invalidArgument,
        .fileHeaderMismatch,
        "the first line does not hold the columns of \(FatalitiesFile.dataSet)",
        metadata: [
          "row": "1",
          "missing": missing.joined(separator: ","),
          "unexpected": String(unexpected.joined(separator: ",").prefix(200)),
        ]
      )
    case .publicationDate(let line):
      self.init(
        .invalidArgument,
        .publicationDateMismatch,
        "line \(line) has another last_update than the lines before, or none",
        metadata: ["row": String(line)]
      )
    case .tooManyRefusals(let limit, let first):
      self.init(
        .invalidArgument,
        .tooManyRefusedRows,
        "more than \(limit) rows are refused, the first in line \(first)",
        metadata: ["refused": String(limit + 1), "first_row": String(first)]
      )
    }
  }

  private init(_ error: CSVError) {
    let metadata = ["row": String(error.line)]
    switch error.reason {
    case .notText: self.init(.invalidArgument, .fileNotText, error.description, metadata: metadata)
    case .tooManyRecords: self.init(.outOfRange, .fileTooLarge, error.description, metadata: metadata)
    case .misplacedCharacter, .unclosedQuote, .fieldTooLong, .width:
      self.init(.invalidArgument, .fileMalformed, error.description, metadata: metadata)
    }
  }
}
