/// What access control promises of time, against processes that run, one JSON line for each figure:
///
/// - `bench-access revocation --address HOST:PORT --tls DIRECTORY --keys FILE [--watchers 10] [--count 100]`: how long after
///   a role is taken away the last of the instances that follow the policy has ended the stream that ran under it.
/// - `bench-access oracle --address HOST:PORT --tls DIRECTORY --as URI --forbidden FILE [--count 2000]`: how long a case
///   takes that there is not, and one that the caller may not see.
@main
enum AccessBenchmark {
  struct UsageError: Error, CustomStringConvertible {
    var description: String
  }

  static func main() async throws {
    let words = CommandLine.arguments.dropFirst()
    let options = BenchmarkOptions(words.dropFirst())
    switch words.first {
    case "revocation": try await RevocationBenchmark(options).run()
    case "oracle": try await OracleBenchmark(options).run()
    default: throw UsageError(description: "bench-access revocation|oracle")
    }
  }
}

/// The benchmark's command line.
struct BenchmarkOptions: Sendable {
  private var values: [String: String] = [:]

  init(_ arguments: some Sequence<String>) {
    var words = arguments.makeIterator()
    while let name = words.next(), let value = words.next() { values[String(name.dropFirst(2))] = value }
  }

  func text(_ name: String) throws -> String {
    guard let value = values[name] else { throw AccessBenchmark.UsageError(description: "--\(name) is needed") }
    return value
  }

  func number(_ name: String, _ fallback: Int) -> Int { values[name].flatMap { Int($0) } ?? fallback }
}
