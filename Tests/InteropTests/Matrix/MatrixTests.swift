import Testing

extension Interop {
  @Suite("Cases", .timeLimit(.minutes(2)))
  struct MatrixTests {
    @Test("peer × case × direction × path × security", arguments: Cell.chosen)
    func cell(_ cell: Cell) async throws {
      let bed = try TestBed.current
      guard let obstacle = cell.obstacle else { return try await bed.run(cell) }
      // Fails when it passes, so that the table cannot go on saying otherwise.
      await withKnownIssue("\(obstacle)") { try await bed.run(cell) }
    }
  }
}

extension TestBed {
  func run(_ cell: Cell) async throws {
    switch (cell.interopCase, cell.direction) {
    case (.goawayMidStream, _): try await runGoaway(cell)
    case (let interopCase, .calls):
      let port = try port(of: .vigil, cell.path, cell.security)
      let files = cell.security == .tls ? identities.anonymous : nil
      try await program(cell.peer).run(interopCase.rawValue, port: port, files)
    case (let interopCase, .serves):
      let port = try port(of: .peer(cell.peer), cell.path, cell.security)
      try await InteropClient.run(port: port, tls: identities.dialler(cell.security)) { try await $0.run(interopCase) }
    }
  }
}

extension InteropClient {
  /// Runs a case that needs nothing but a client.
  func run(_ interopCase: InteropCase) async throws {
    switch interopCase {
    case .emptyUnary: try await emptyUnary()
    case .largeUnary: try await largeUnary()
    case .clientStreaming: try await clientStreaming()
    case .serverStreaming: try await serverStreaming()
    case .pingPong: try await pingPong()
    case .emptyStream: try await emptyStream()
    case .clientCompressedUnary: try await clientCompressedUnary()
    case .serverCompressedUnary: try await serverCompressedUnary()
    case .clientCompressedStreaming: try await clientCompressedStreaming()
    case .serverCompressedStreaming: try await serverCompressedStreaming()
    case .statusCodeAndMessage: try await statusCodeAndMessage()
    case .specialStatusMessage: try await specialStatusMessage()
    case .unimplementedMethod: try await unimplementedMethod()
    case .unimplementedService: try await unimplementedService()
    case .customMetadata: try await customMetadata()
    case .cancelAfterBegin: try await cancelAfterBegin()
    case .cancelAfterFirstResponse: try await cancelAfterFirstResponse()
    case .timeoutOnSleepingServer: try await timeoutOnSleepingServer()
    case .rpcSoak: try await rpcSoak()
    case .channelSoak: try await channelSoak()
    case .everyStatusCode: try await everyStatusCode()
    case .statusMessageCodePoints: try await statusMessageCodePoints()
    case .statusMessageOuterSpaces: try await statusMessageOuterSpaces()
    case .messageSizes: try await messageSizes()
    case .messageAtLimit: try await messageAtLimit()
    case .messageOverLimit: try await messageOverLimit()
    case .metadataLimit: try await metadataLimit()
    case .sequentialStreams: try await sequentialStreams()
    case .concurrentStreams: try await concurrentStreams()
    case .goawayMidStream: throw CaseFailure("needs a server to shut down")
    }
  }
}
