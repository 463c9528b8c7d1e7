import GRPCCore
import GRPCHealthAPI
import SwiftProtobuf
import Testing

@testable import RPC

@Suite("Health")
struct HealthTests {
  typealias Status = Grpc_Health_V1_HealthCheckResponse.ServingStatus

  @Test("follows what it is told, for every service and the whole")
  func check() async throws {
    try await Harness().overHTTP2 { probe, server in
      for name in ["", "vigil.test.v1.Probe"] {
        server.health.setServing(false)
        let before = try await probe.health.check(.with { $0.service = name })
        server.health.setServing(true)
        let after = try await probe.health.check(.with { $0.service = name })
        #expect([before.status, after.status] == [.notServing, .serving])
      }
      let error = await #expect(throws: RPCError.self) {
        try await probe.health.check(.with { $0.service = "nothing" })
      }
      #expect(error?.code == .notFound)
    }
  }

  @Test("lists every service")
  func list() async throws {
    try await Harness().overHTTP2 { probe, server in
      server.health.setServing(true)
      let statuses = try await probe.health.list(.init()).statuses
      #expect(statuses.mapValues(\.status) == ["": .serving, "vigil.test.v1.Probe": .serving])
    }
  }

  @Test("a watch sees the status at once, each change, and the end")
  func watch() async throws {
    try await Harness().overHTTP2 { probe, server in
      let thrown = await #expect(throws: RPCError.self) {
        try await probe.health.watch(.init()) { response in
          var seen: [Status] = []
          for try await message in response.messages {
            seen.append(message.status)
            switch seen.count {
            case 1: server.health.setServing(true)
            case 2: server.health.setServing(false)
            case 3: server.health.setServing(true)
            default: server.health.shutDown()
            }
            #expect(seen == Array([.notServing, .serving, .notServing, .serving, .notServing].prefix(seen.count)))
          }
        }
      }
      #expect(thrown?.code == .unavailable)
    }
  }

  @Test("an unknown service is watched for")
  func watchUnknown() async throws {
    try await Harness().overHTTP2 { probe, server in
      _ = try? await probe.health.watch(.with { $0.service = "nothing" }) { response in
        for try await message in response.messages {
          #expect(message.status == .serviceUnknown)
          server.health.shutDown()
        }
      }
    }
  }

  @Test("the registry keeps the latest for a slow reader, and forgets readers that leave")
  func registry() async {
    let registry = HealthRegistry(services: ["a"])
    let watch = registry.watch("a")
    registry.setServing(true)
    registry.setServing(false)
    registry.setServing(true)
    var iterator = watch.makeAsyncIterator()
    #expect(await iterator.next() == .serving)

    registry.shutDown()
    registry.setServing(true)
    #expect(await iterator.next() == .notServing)
    #expect(await iterator.next() == nil)
    #expect(registry.statuses == ["": .notServing, "a": .notServing])

    var late = registry.watch("a").makeAsyncIterator()
    #expect(await late.next() == .notServing)
    #expect(await late.next() == nil)
  }
}
