import GRPCCore
import GRPCTestingAPI

extension InteropService {
  /// The service as the case `unimplemented_method` wants it: the contract names a method that the server does not have.
  struct WithoutUnimplemented: RegistrableRPCService {
    let service: InteropService

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
      service.registerMethods(with: &router)
      router.removeHandler(forMethod: PBTestService.Method.UnimplementedCall.descriptor)
    }
  }

  var withoutUnimplemented: WithoutUnimplemented { WithoutUnimplemented(service: self) }
}
