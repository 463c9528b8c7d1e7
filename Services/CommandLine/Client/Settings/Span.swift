import ArgumentParser
import SwiftProtobuf

/// A length of time as it is typed: a whole number with the unit s, m or h.
struct Span: ExpressibleByArgument, Equatable {
  let duration: Duration

  init?(argument: String) {
    guard let duration = Duration(timeoutText: argument), duration.components.attoseconds == 0 else { return nil }
    self.duration = duration
  }

  var message: Google_Protobuf_Duration { .with { $0.seconds = duration.components.seconds } }
}
