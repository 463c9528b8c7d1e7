import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

@testable import CommandLineClient

extension EveryMethodTests {
  static let certificateCalls: [Call] = [
    Call(method: "RequestCertificate") { harness, uri, names in
      _ = try await harness.requestCertificate(of: names.grant.requester, with: NewKey(for: nil), as: uri)
    },
    Call(method: "IssueCertificate") { harness, uri, names in
      _ = try await harness.issue(.with { $0.name = names.certificate }, digest: NewKey(for: nil).digest, as: uri)
    },
    Call(method: "RenewCertificate") { harness, uri, _ in
      _ = try await harness.renew("certificates/1f", as: uri)
    },
    Call(method: "RevokeCertificate") { harness, uri, names in
      _ = try await harness.revoke(certificate: names.certificate, as: uri)
    },
    Call(method: "GetCertificate") { harness, uri, names in
      _ = try await harness.certificates.getCertificate(.with { $0.name = names.certificate }, metadata: caller(uri))
    },
    Call(method: "ListCertificates") { harness, uri, _ in
      _ = try await harness.certificateList(as: uri)
    },
  ]
}
