import GRPCCore
import GRPCTestingAPI
import SwiftProtobuf

extension InteropClient {
  func cancelAfterBegin() async throws {
    let (begun, begin) = AsyncStream.makeStream(of: Void.self)
    try await expectCancelled(after: begun) {
      _ = try await stub.streamingInputCall { _ in
        begin.finish()
        try await Task.sleep(for: .seconds(60))
      }
    }
  }

  func cancelAfterFirstResponse() async throws {
    let (responded, respond) = AsyncStream.makeStream(of: Void.self)
    try await expectCancelled(after: responded) {
      try await stub.fullDuplexCall { writer in
        try await writer.write(Self.duplexRequest(27_182, 31_415))
        try await Task.sleep(for: .seconds(60))
      } onResponse: { response in
        for try await _ in response.messages { respond.finish() }
      }
    }
  }

  private func expectCancelled(
    after moment: AsyncStream<Void>, _ call: @escaping @Sendable () async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await call() }
      for await _ in moment {}
      group.cancelAll()
      try await expectStatus(.cancelled) { try await group.waitForAll() }
    }
  }

  func timeoutOnSleepingServer() async throws {
    try await expectStatus(.deadlineExceeded) {
      try await stub.fullDuplexCall(options: .within(.milliseconds(1))) { writer in
        try await writer.write(.with { $0.payload = .zeros(27_182) })
        try await Task.sleep(for: .seconds(60))
      } onResponse: { response in
        for try await _ in response.messages {}
      }
    }
  }
}
