import Foundation
import GRPCCore
import GRPCTransport
import SwiftProtobuf
import VigilCasesAPI

/// Asks for cases that there are not and for cases that the caller may not see, one after the other in an order that is
/// drawn, and compares how long the two take.
struct OracleBenchmark {
  private let gateway: GatewayClient
  private let caller: String
  private let forbidden: [String]
  private let count: Int

  init(_ options: BenchmarkOptions) throws {
    gateway = GatewayClient(
      address: try options.text("address"), directory: try options.text("tls"), service: "cases")
    caller = try options.text("as")
    let text = try String(contentsOfFile: try options.text("forbidden"), encoding: .utf8)
    forbidden = text.split(whereSeparator: \.isNewline).map(String.init)
    count = options.number("count", 2000)
    guard !forbidden.isEmpty else { throw AccessBenchmark.UsageError(description: "no case is forbidden") }
  }

  func run() async throws {
    try await gateway.run(as: caller) { client in
      let cases = PBCaseService.Client(wrapping: client)
      for _ in 0..<200 {
        _ = try await time(of: unknown(), cases)
        _ = try await time(of: known(), cases)
      }
      var (unknowns, knowns): ([Duration], [Duration]) = ([], [])
      for _ in 0..<count {
        // In pairs, so that whatever slows the machine down meets both.
        if Bool.random() {
          unknowns.append(try await time(of: unknown(), cases))
          knowns.append(try await time(of: known(), cases))
        } else {
          knowns.append(try await time(of: known(), cases))
          unknowns.append(try await time(of: unknown(), cases))
        }
      }
      let test = RankTest(unknowns, knowns)
      print(Figures(unknowns).line(kind: "unknown"))
      print(Figures(knowns).line(kind: "forbidden"))
      print(#"{"kind": "difference", "z": \#(test.z), "probability": \#(test.probability)}"#)
    }
  }

  private func unknown() -> String { "cases/\(UUID().uuidString.lowercased())" }

  private func known() -> String { forbidden.randomElement() ?? "" }

  private func time(
    of name: String, _ cases: PBCaseService.Client<HTTP2ClientTransport>
  ) async throws -> Duration {
    let start = ContinuousClock.now
    do {
      _ = try await cases.getCase(.with { $0.name = name })
      throw AccessBenchmark.UsageError(description: "\(name) is not forbidden")
    } catch let error as RPCError where error.code == .notFound {
      return start.duration(to: .now)
    }
  }
}
