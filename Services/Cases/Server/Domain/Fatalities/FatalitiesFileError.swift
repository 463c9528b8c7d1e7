/// Why a file is not taken as a publication of the fatalities.
enum FatalitiesFileError: Error, Hashable {
  case csv(CSVError)
  /// No row after the header, or no header.
  case empty
  case header(missing: [String], unexpected: [String])
  /// last_update is not a date, or not that of the row before. A cut off last line ends up here too.
  case publicationDate(line: Int)
  case tooManyRefusals(limit: Int, first: Int)
}
