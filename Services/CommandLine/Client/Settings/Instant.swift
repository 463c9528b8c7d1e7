import ArgumentParser
import SwiftProtobuf

/// A point in time as it is typed: RFC 3339, or a day for its first moment in UTC.
struct Instant: ExpressibleByArgument, Equatable {
  let time: Google_Protobuf_Timestamp

  init?(argument: String) {
    let text = argument.contains("T") ? argument : argument + "T00:00:00Z"
    guard let time = try? Google_Protobuf_Timestamp(jsonString: "\"\(text)\"") else { return nil }
    self.time = time
  }
}

/// The option of commands about what ends by itself.
struct UntilOption: ParsableArguments {
  @Option(help: ArgumentHelp("When it ends: 2027-01-31, or 2027-01-31T12:00:00Z.", valueName: "time"))
  var until: Instant?

  var time: Google_Protobuf_Timestamp? { until?.time }
}
