import AIP
import GRPCCore
import GRPCProtobuf
import GRPCTransport
import Logging
import NIOCore
import Policy
import SwiftProtobuf
import Testing
import VigilAccessAPI

@testable import Authorization

/// What a call says it is made for.
@Suite(.timeLimit(.minutes(1))) struct PurposeTests {
  @Test func aPurposeIsOneWord() throws {
    #expect(try CallPurpose.read([:]) == nil)
    for purpose in Purpose.allCases {
      #expect(try CallPurpose.read(["vigil-purpose": .string(purpose.code)]) == purpose)
    }
    for word in ["", "investigation", "PURPOSE_AUDIT", "AUDIT,RESEARCH"] {
      let refused = #expect(throws: ServiceError.self) { try CallPurpose.read(["vigil-purpose": .string(word)]) }
      #expect(refused?.code == .invalidArgument && refused?.reason == .invalidField)
    }
    var twice: Metadata = ["vigil-purpose": "AUDIT"]
    twice.addString("AUDIT", forKey: "vigil-purpose")
    #expect(throws: ServiceError.self) { try CallPurpose.read(twice) }
  }

  /// Methods find it, before their answer begins and while it is written.
  @Test func methodsKnowThePurposeOfTheirCall() async throws {
    let log = Logger(label: "test.purpose") { _ in SwiftLogNoOpLogHandler() }
    let server = HTTP2ServerTransport(address: .hostname("127.0.0.1", port: 0), security: .plaintext, logger: log)
    try await withGRPCServer(
      transport: server, services: [PurposeTeller()], interceptors: [PurposeInterceptor()]
    ) { _ in
      let port = try await server.listeningAddress.port ?? 0
      let transport = HTTP2ClientTransport(target: .host("127.0.0.1", port: port), logger: log)
      try await withGRPCClient(transport: transport) { client in
        try await check(PBPolicyService.Client(wrapping: client))
      }
    }
  }

  private func check(_ access: PBPolicyService.Client<HTTP2ClientTransport>) async throws {
    func told(_ metadata: Metadata) async throws -> [String] {
      try await access.watchPolicy(.init(), metadata: metadata) { response in
        try await response.messages.reduce(into: []) { $0.append($1.keyID) }
      }
    }
    #expect(try await told([:]) == ["none", "none"])
    #expect(try await told(["vigil-purpose": "VICTIM_SUPPORT"]) == ["VICTIM_SUPPORT", "VICTIM_SUPPORT"])
    let refused = await #expect(throws: RPCError.self) { try await told(["vigil-purpose": "CURIOSITY"]) }
    #expect(refused?.code == .invalidArgument)
  }
}

/// Tells the purpose that it sees, first before it answers and then while it does.
private struct PurposeTeller: RegistrableRPCService {
  func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
    router.registerHandler(
      forMethod: PBPolicyService.Method.WatchPolicy.descriptor,
      deserializer: ProtobufDeserializer<PBWatchPolicyRequest>(),
      serializer: ProtobufSerializer<PBWatchPolicyResponse>()
    ) { _, _ in
      let before = CallPurpose.current?.code ?? "none"
      return StreamingServerResponse { writer in
        try await writer.write(.with { $0.keyID = before })
        try await writer.write(.with { $0.keyID = CallPurpose.current?.code ?? "none" })
        return [:]
      }
    }
  }
}
