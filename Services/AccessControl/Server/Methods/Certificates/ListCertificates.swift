import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilAccessAPI

extension CertificateService {
  func listCertificates(
    request: PBListCertificatesRequest, context: ServerContext
  ) async throws -> PBListCertificatesResponse {
    let visitor = try await visitors.current()
    let plan = try ListPlan<CertificateRecord>(request, .certificates(at: visitor.now))
    let page = try await lists.page(plan, among: visitor.certificates)
    return .with {
      $0.certificates = page.records.map(PBCertificate.init)
      $0.nextPageToken = page.nextPageToken
    }
  }
}

extension FilterSchema<CertificateTest> {
  /// `active` is meant at the moment of the request.
  static func certificates(at now: PolicyTime) -> Self {
    FilterSchema([
      "principal": .init([.equal], "of the form principals/{principal}") { _, value in
        (try? PrincipalName(parsing: value)).map { .principal($0.id) }
      },
      "state": .init([.equal], "one of " + CertificateRecord.State.allCases.map(\.code).joined(separator: ", ")) {
        _, value in
        CertificateRecord.State.allCases.first { $0.code == value || $0.code == "STATE_" + value }.map { .state($0) }
      },
      "active": .init([.equal], "true or false") { _, value in
        Bool(value).map { .isActive($0, at: now) }
      },
    ])
  }
}
