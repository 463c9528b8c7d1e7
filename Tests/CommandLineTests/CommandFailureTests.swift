import GRPCCore
import GRPCProtobuf
import Testing

@testable import CommandLineClient

@Suite("Failures")
struct CommandFailureTests {
  private let settings = ConnectionSettings(authorities: "ca.pem", certificate: "me.pem", key: "me.key")

  @Test(
    "an RPC's error decides the exit status",
    arguments: [
      (RPCError.Code.invalidArgument, CommandExit.usage),
      (.notFound, .notFound),
      (.unavailable, .unavailable),
      (.deadlineExceeded, .temporary),
      (.resourceExhausted, .temporary),
      (.permissionDenied, .noPermission),
      (.unauthenticated, .noPermission),
      (.dataLoss, .badData),
      (.failedPrecondition, .badData),
      (.internalError, .software),
      (.unimplemented, .software),
    ]
  )
  func status(_ code: RPCError.Code, _ status: CommandExit) {
    #expect(CommandFailure(RPCError(code: code, message: "x"), connection: nil).status == status)
  }

  @Test("an unreachable system is told with address, authorities and certificate")
  func unavailable() {
    let failure = CommandFailure(RPCError(code: .unavailable, message: "connection refused"), connection: settings)
    #expect(
      failure.text == """
        vigil: no answer from 127.0.0.1:8443: connection refused
          Address 127.0.0.1:8443, authorities ca.pem, certificate me.pem. Is the system up (deploy/status)?

        """
    )
  }

  @Test("the details of google.rpc.Status are told")
  func details() {
    let status = GoogleRPCStatus(
      code: .invalidArgument,
      message: "The filter is not valid.",
      details: [
        .errorInfo(reason: "INVALID_FILTER", domain: "vigil.un.org", metadata: ["position": "14", "field": "filter"]),
        .badRequest(violations: [.init(field: "filter", description: "there is no field colour")]),
      ]
    )
    #expect(
      CommandFailure(RPCError(status), connection: settings).text == """
        vigil: The filter is not valid.
          reason: INVALID_FILTER field=filter position=14
          filter: there is no field colour

        """
    )
  }

  @Test("a time to try again is told")
  func retry() {
    let status = GoogleRPCStatus(
      code: .resourceExhausted, message: "Too many calls.", details: [.retryInfo(delay: .seconds(2))]
    )
    let failure = CommandFailure(RPCError(status), connection: nil)
    #expect(failure.advice == "Try again in 2.0 seconds.")
    #expect(failure.status == .temporary)
  }

  @Test("every status has a number of its own and a meaning")
  func summary() {
    #expect(Set(CommandExit.allCases.map(\.meaning)).count == CommandExit.allCases.count)
    #expect(CommandExit.summary.hasPrefix("0 done; 64 "))
  }
}
