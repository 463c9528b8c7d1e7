/// A publication of the fatalities, read and checked row by row.
struct FatalitiesFile: Sendable, Equatable {
  /// A row of the file: its line and its content, or why it is refused.
  struct Entry: Sendable, Equatable {
    var line: Int
    /// As in the file, cut to 64 characters; for the report.
    var casualtyID: String
    var content: Result<FatalityRow, FatalityRefusal>
  }

  /// The publisher's code of the data set.
  static let dataSet = "DPPADPOSS-FATALITIES"
  /// The publisher's class of the rows that make cases.
  static let classification = IncidentType.maliciousAct.label

  var published: PartialDate
  var entries: [Entry]

  var refusals: Int {
    entries.count { entry in
      if case .failure = entry.content { true } else { false }
    }
  }
}
