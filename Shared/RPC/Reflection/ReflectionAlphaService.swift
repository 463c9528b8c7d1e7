package import GRPCCore
package import GRPCReflectionAPI
import SwiftProtobuf

/// `grpc.reflection.v1alpha.ServerReflection`, which many tools still ask first. Its messages are those
/// of v1 on the wire, so it answers by way of them.
package struct ReflectionAlphaService: Grpc_Reflection_V1alpha_ServerReflection.SimpleServiceProtocol {
  private let catalog: ReflectionCatalog

  package init(catalog: ReflectionCatalog) {
    self.catalog = catalog
  }

  package func serverReflectionInfo(
    request: RPCAsyncSequence<Grpc_Reflection_V1alpha_ServerReflectionRequest, any Error>,
    response: RPCWriter<Grpc_Reflection_V1alpha_ServerReflectionResponse>,
    context: ServerContext
  ) async throws {
    var conversation = ReflectionConversation(catalog: catalog)
    for try await question in request {
      let bytes: [UInt8] = try question.serializedBytes()
      let answer = try conversation.answer(.init(serializedBytes: bytes))
      let answered: [UInt8] = try answer.serializedBytes()
      try await response.write(.init(serializedBytes: answered))
    }
  }
}
