import AIP
import Policy

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Decisions per second of one core's time, each with the transform and reason of every data class, one JSON line per setting:
/// `bench-policy [--seconds 3]`; `bench-policy --case` prints the case that is decided, for other engines to be asked the
/// same; `bench-policy --policy` the policy's canonical text.
@main
enum PolicyBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments
    let policy = try Policy.standard()
    if arguments.contains("--policy") { return print(policy.canonicalText, terminator: "") }
    let evaluator = PolicyEvaluator(policy)
    let requests = try BenchmarkCase.requests()
    if arguments.contains("--case") {
      let shown = evaluator.decide(requests[0])
      print(DataClass.allCases.map { "\($0) \(shown.disposition($0).transform)" }.joined(separator: "\n"))
      return
    }
    let seconds = arguments.firstIndex(of: "--seconds").flatMap { Double(arguments[$0 + 1]) } ?? 3
    for kind in [Kind.transforms, .decision, .explanation] {
      _ = measure(kind, evaluator, requests, for: .milliseconds(300))
      let rate = measure(kind, evaluator, requests, for: .seconds(seconds))
      print(#"{"client": "vigil", "kind": "\#(kind.rawValue)", "per_second": \#(rate)}"#)
    }
  }

  private static let classes = DataClass.allCases

  enum Kind: String {
    /// Whether the case may be read, and what is done to each data class and why.
    case transforms
    /// Whether the case may be read.
    case decision
    /// The reasons in readable text.
    case explanation
  }

  private static func measure(
    _ kind: Kind, _ evaluator: PolicyEvaluator, _ requests: [AccessRequest], for duration: Duration
  ) -> Int {
    let end = ContinuousClock.now + duration
    // Time of this process only, whatever else the machine does.
    let start = clock()
    var (count, sum) = (0, 0)
    while ContinuousClock.now < end {
      for index in requests.indices { sum &+= answer(kind, evaluator, requests[index]) }
      count += requests.count
    }
    let elapsed = Double(clock() - start) / Double(CLOCKS_PER_SEC)
    // What was found must be used, or it need not be found.
    precondition(sum != 1)
    return Int(Double(count) / elapsed)
  }

  @inline(never)
  private static func answer(_ kind: Kind, _ evaluator: PolicyEvaluator, _ request: AccessRequest) -> Int {
    if kind == .explanation { return evaluator.explain(request).description.utf8.count }
    let decision = evaluator.decide(request)
    var sum = decision.effect == .allow ? 2 : 4
    guard kind == .transforms else { return sum }
    for dataClass in classes {
      let disposition = decision.disposition(dataClass)
      sum &+= Int(disposition.transform.rawValue) &* 16 &+ Int(disposition.reason.rawValue)
    }
    return sum
  }
}
