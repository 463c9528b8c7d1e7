import AIP
import GRPCCore
import VigilAccessAPI

extension CertificateService {
  func getCertificate(request: PBGetCertificateRequest, context: ServerContext) async throws -> PBCertificate {
    let name = try CertificateName(parsing: request.name)
    let visitor = try await visitors.current()
    guard let found: CertificateRecord = try await lists.find(.serial(name.serial), among: visitor.certificates) else {
      throw Self.unknown(request.name)
    }
    return PBCertificate(found)
  }
}
