import Testing

/// Everything that is tried on the whole system, one thing after the other: the suites share one.
@Suite("End to end", .serialized, .runningSystem)
enum EndToEnd {}
