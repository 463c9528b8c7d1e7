import GRPCCore
import GRPCTestingAPI
import GRPCTransport
import TLS
import Testing

/// Vigil's client in the cases. A case throws what it finds wrong.
struct InteropClient: Sendable {
  let stub: PBTestService.Client<HTTP2ClientTransport>
  let client: GRPCClient<HTTP2ClientTransport>
  /// How to make another client like this one.
  let port: Int
  let tls: TLSContextProvider?

  /// Runs `body` with a client of a server on this machine.
  @discardableResult
  static func run<Result: Sendable>(
    port: Int,
    tls: TLSContextProvider? = nil,
    configure: (inout HTTP2ClientConfiguration) -> Void = { _ in },
    _ body: (InteropClient) async throws -> Result
  ) async throws -> Result {
    var configuration = HTTP2ClientConfiguration()
    configure(&configuration)
    let transport = HTTP2ClientTransport(
      target: .host("127.0.0.1", port: port), tls: tls, configuration: configuration, logger: .quiet)
    let client = GRPCClient(transport: transport)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await client.runConnections() }
      defer { client.beginGracefulShutdown() }
      let stub = PBTestService.Client(wrapping: client)
      return try await body(InteropClient(stub: stub, client: client, port: port, tls: tls))
    }
  }
}

/// What a case found wrong.
struct CaseFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

extension InteropClient {
  func expect(_ condition: Bool, _ otherwise: @autoclosure () -> String) throws(CaseFailure) {
    if !condition { throw CaseFailure(otherwise()) }
  }

  func expectEqual<Value: Equatable>(_ found: Value, _ wanted: Value, _ what: String) throws(CaseFailure) {
    try expect(found == wanted, "\(what) is \(found), not \(wanted)")
  }

  func expectZeros(_ payload: PBPayload, _ size: Int32) throws(CaseFailure) {
    try expectEqual(payload.body.count, Int(size), "payload size")
    try expect(payload.body.allSatisfy { $0 == 0 }, "the payload is not zeros")
  }

  /// Makes a call that must end with this status.
  @discardableResult
  func expectStatus(
    _ code: RPCError.Code, _ message: String? = nil, _ call: () async throws -> Void
  ) async throws -> RPCError {
    do {
      try await call()
    } catch let error as RPCError {
      try expectEqual(error.code, code, "status (\(error.message))")
      if let message { try expectEqual(error.message, message, "status message") }
      return error
    }
    throw CaseFailure("the call went well, \(code) was due")
  }
}
