import AIP
package import GRPCCore
import Synchronization

/// Answers calls of methods that the server does not have, with a reason for programs, which GRPCCore's
/// router leaves out; it never reaches the interceptors.
package struct MethodCheckingTransport: ServerTransport {
  package typealias Bytes = [UInt8]

  private final class Known: Sendable {
    let names = Mutex<(methods: Set<MethodDescriptor>, services: Set<ServiceDescriptor>)>(([], []))
  }

  private let base: any ServerTransport<Bytes>
  private let known = Known()

  init(_ base: any ServerTransport<Bytes>) {
    self.base = base
  }

  package func configure(context: GRPCServerContext) {
    known.names.withLock { names in
      names = (Set(context.methods.map(\.bare)), Set(context.methods.map(\.bare.service)))
    }
    base.configure(context: context)
  }

  @concurrent
  package func listen(
    streamHandler: @concurrent @escaping @Sendable (RPCStream<Inbound, Outbound>, ServerContext) async -> Void
  ) async throws {
    let (methods, services) = known.names.withLock { $0 }
    try await base.listen { stream, context in
      let method = stream.descriptor.bare
      guard !methods.contains(method) else {
        return await streamHandler(stream, context)
      }
      await Self.refuse(method, isServiceKnown: services.contains(method.service), stream.outbound)
    }
  }

  package func beginGracefulShutdown() {
    base.beginGracefulShutdown()
  }

  private static func refuse(_ method: MethodDescriptor, isServiceKnown: Bool, _ outbound: Outbound) async {
    let error = ServiceError(
      .unimplemented,
      isServiceKnown ? .methodUnknown : .serviceUnknown,
      isServiceKnown ? "the service has no such method" : "no service of that name is known here"
    )
    let status = Status(code: Status.Code(error.code), message: error.message)
    // A stream that cannot be written to is closed already.
    try? await outbound.write(.status(status, error.rpcErrorMetadata))
    await outbound.finish()
  }
}

extension MethodDescriptor {
  /// Without what a transport or the generated code adds beyond the two names.
  fileprivate var bare: MethodDescriptor {
    MethodDescriptor(fullyQualifiedService: service.fullyQualifiedService, method: method)
  }
}
