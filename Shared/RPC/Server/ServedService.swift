package import GRPCCore

/// A service as a server of the system takes it: made where the type of the service is known, so that a release gets
/// GRPCCore's handling of a call compiled for exactly its messages.
///
/// GRPCCore registers services through a protocol whose one method is generic in the transport. Called that way, each
/// step of each call looks up the metadata of its types at run time: a fifth of the instructions of a short call.
package struct ServedService: RegistrableRPCService {
  private let service: any RegistrableRPCService
  private let register: @Sendable (inout RPCRouter<MethodCheckingTransport>) -> Void

  /// - Parameter register: always `{ $0.registerMethods(with: &$1) }`. It is compiled where it is written.
  package init<Service: RegistrableRPCService>(
    _ service: Service,
    register: @escaping @Sendable (Service, inout RPCRouter<MethodCheckingTransport>) -> Void
  ) {
    self.service = service
    self.register = { register(service, &$0) }
  }

  /// With the router of ``RPCServer``.
  func registerMethods(with router: inout RPCRouter<MethodCheckingTransport>) {
    register(&router)
  }

  /// With the router of another server, such as tests use.
  package func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
    service.registerMethods(with: &router)
  }
}
