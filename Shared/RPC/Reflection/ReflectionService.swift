package import GRPCCore
package import GRPCReflectionAPI

/// `grpc.reflection.v1.ServerReflection`.
package struct ReflectionService: Grpc_Reflection_V1_ServerReflection.SimpleServiceProtocol {
  private let catalog: ReflectionCatalog

  package init(catalog: ReflectionCatalog) {
    self.catalog = catalog
  }

  package func serverReflectionInfo(
    request: RPCAsyncSequence<Grpc_Reflection_V1_ServerReflectionRequest, any Error>,
    response: RPCWriter<Grpc_Reflection_V1_ServerReflectionResponse>,
    context: ServerContext
  ) async throws {
    var conversation = ReflectionConversation(catalog: catalog)
    for try await question in request {
      try await response.write(try conversation.answer(question))
    }
  }
}
