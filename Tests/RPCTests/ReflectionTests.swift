import GRPCCore
import GRPCHealthAPI
import GRPCReflectionAPI
import SwiftProtobuf
import Testing

@testable import RPC

@Suite("Server reflection")
struct ReflectionTests {
  typealias Request = Grpc_Reflection_V1_ServerReflectionRequest
  typealias Response = Grpc_Reflection_V1_ServerReflectionResponse

  private func converse(_ requests: [Request]) async throws -> [Response] {
    try await Harness().overHTTP2 { probe, _ in
      let reflection = Grpc_Reflection_V1_ServerReflection.Client(wrapping: probe.client)
      return try await reflection.serverReflectionInfo { writer in
        for request in requests { try await writer.write(request) }
      } onResponse: { response in
        try await response.messages.reduce(into: []) { $0.append($1) }
      }
    }
  }

  private func files(_ response: Response) throws -> [String] {
    try response.fileDescriptorResponse.fileDescriptorProto.map { bytes in
      try Google_Protobuf_FileDescriptorProto(serializedBytes: bytes).name
    }
  }

  @Test("lists the services that are offered, its own among them")
  func services() async throws {
    let responses = try await converse([
      .with {
        $0.host = "h"
        $0.listServices = ""
      }
    ])
    #expect(
      responses[0].listServicesResponse.service.map(\.name) == [
        "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection",
        "vigil.test.v1.Probe",
      ]
    )
    #expect(responses[0].validHost == "h")
    #expect(responses[0].originalRequest.host == "h")
  }

  @Test(
    "finds the file of a symbol",
    arguments: [
      "grpc.health.v1.Health", "grpc.health.v1.Health.Watch", "grpc.health.v1.HealthCheckRequest",
      "grpc.health.v1.HealthCheckRequest.service", "grpc.health.v1.HealthCheckResponse.ServingStatus",
      "grpc.health.v1.HealthCheckResponse.SERVING", "grpc.health.v1.HealthListResponse.StatusesEntry",
    ]
  )
  func symbols(symbol: String) async throws {
    let responses = try await converse([.with { $0.fileContainingSymbol = symbol }])
    #expect(try files(responses[0]) == ["grpc/health/v1/health.proto"])
  }

  @Test("answers what it does not know with an error, and goes on")
  func unknown() async throws {
    let responses = try await converse([
      .with { $0.fileContainingSymbol = "nothing.Here" },
      .with { $0.fileByFilename = "nothing.proto" },
      .with { $0.fileContainingExtension = .with { $0.containingType = "grpc.health.v1.HealthCheckRequest" } },
      .with { $0.allExtensionNumbersOfType = "nothing.Here" },
      .with { $0.allExtensionNumbersOfType = "grpc.health.v1.HealthCheckRequest" },
      Request(),
      .with { $0.fileByFilename = "grpc/health/v1/health.proto" },
    ])
    #expect(responses.map(\.errorResponse.errorCode) == [5, 5, 5, 5, 0, 12, 0])
    #expect(responses[4].allExtensionNumbersResponse.extensionNumber == [])
    #expect(try files(responses[6]) == ["grpc/health/v1/health.proto"])
  }

  @Test("v1alpha answers the same")
  func alpha() async throws {
    try await Harness().overHTTP2 { probe, _ in
      let reflection = Grpc_Reflection_V1alpha_ServerReflection.Client(wrapping: probe.client)
      let names = try await reflection.serverReflectionInfo { writer in
        try await writer.write(.with { $0.fileContainingSymbol = "grpc.health.v1.Health" })
        try await writer.write(.with { $0.listServices = "" })
      } onResponse: { response in
        var names: [String] = []
        for try await message in response.messages {
          names += message.listServicesResponse.service.map(\.name)
          for bytes in message.fileDescriptorResponse.fileDescriptorProto {
            names.append(try Google_Protobuf_FileDescriptorProto(serializedBytes: bytes).name)
          }
        }
        return names
      }
      #expect(names.first == "grpc/health/v1/health.proto")
      #expect(names.contains("vigil.test.v1.Probe"))
    }
  }

  @Test("imports come once on a stream, the file that is asked for each time")
  func imports() throws {
    let shared = file("shared.proto")
    var user = file("user.proto")
    user.dependency = ["shared.proto", "missing.proto"]
    var other = file("other.proto")
    other.dependency = ["user.proto", "shared.proto"]
    let index = DescriptorIndex([user, shared, other, user])
    #expect(index.fileAndImports(named: "other.proto")?.map(\.name) == ["other.proto", "user.proto", "shared.proto"])
    #expect(index.fileAndImports(named: "missing.proto") == nil)

    let set = Google_Protobuf_FileDescriptorSet.with { $0.file = [user, shared, other] }
    let bytes: [UInt8] = try set.serializedBytes()
    let catalog = ReflectionCatalog(services: [], sources: [FileDescriptorSetSource(base64(bytes))])
    var conversation = ReflectionConversation(catalog: catalog)
    let answers = try ["user.proto", "other.proto", "user.proto"].map { name in
      try files(conversation.answer(.with { $0.fileByFilename = name }))
    }
    #expect(answers == [["user.proto", "shared.proto"], ["other.proto"], ["user.proto"]])
  }

  @Test("extensions are found by type and number")
  func extensions() {
    var extended = file("extended.proto")
    extended.package = "p"
    extended.messageType = [.with { $0.name = "M" }]
    extended.extension = [
      .with {
        $0.name = "late"
        $0.extendee = ".p.M"
        $0.number = 200
      },
      .with {
        $0.name = "early"
        $0.extendee = ".p.M"
        $0.number = 100
      },
    ]
    let index = DescriptorIndex([extended])
    #expect(index.extensionNumbers(of: "p.M") == [100, 200])
    #expect(index.file(declaring: .init(extendedType: "p.M", number: 100)) == "extended.proto")
    #expect(index.file(declaring: "p.late") == "extended.proto")
  }

  @Test("descriptors that are not base64, or not descriptors, are an error", arguments: ["§", "AAAA"])
  func malformed(text: String) {
    #expect(throws: (any Error).self) { try FileDescriptorSetSource(text).files() }
  }

  private func file(_ name: String) -> Google_Protobuf_FileDescriptorProto {
    .with { $0.name = name }
  }
}
