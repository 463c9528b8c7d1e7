import Foundation
import GRPCCore
import SwiftProtobuf
import TestSupport
import Testing
import VigilAccessAPI

@testable import AccessControlServer
@testable import CommandLineClient

// Short forms of calls about certificates.
extension AccessHarness {
  /// Runs `body` with an authority of its own.
  static func runWithAuthority(
    _ body: @Sendable @escaping (AccessHarness) async throws -> Void
  ) async throws {
    let test = try TestCertificateAuthority()
    let authority = CertificateAuthority(
      certificateFile: test.authorityFile, keyFile: try test.writeKey(), seconds: 3600)
    try await run(authority: authority, body)
    withExtendedLifetime(test) {}
  }

  func requestCertificate(
    of principal: String, with key: NewKey, as uri: String? = operatorURI,
    _ change: (inout PBRequestCertificateRequest) -> Void = { _ in }
  ) async throws -> PBCertificate {
    var request = PBRequestCertificateRequest.with {
      $0.principal = principal
      $0.signingRequest = key.signingRequest
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request)
    return try await certificates.requestCertificate(request, metadata: caller(uri))
  }

  func issue(
    _ certificate: PBCertificate, digest: Data, as uri: String? = officerURI, etag: String = ""
  ) async throws -> PBCertificate {
    try await certificates.issueCertificate(
      .with {
        $0.name = certificate.name
        $0.keyDigest = digest
        $0.etag = etag
        $0.reason = "test"
        $0.requestID = freshRequestID()
      }, metadata: caller(uri))
  }

  /// A certificate of the principal that two have issued.
  func certificate(of principal: String) async throws -> PBCertificate {
    let key = try NewKey(for: nil)
    return try await issue(try await requestCertificate(of: principal, with: key), digest: key.digest)
  }

  func renew(_ certificate: String, as uri: String?, with key: NewKey? = nil) async throws -> PBCertificate {
    let key = try key ?? NewKey(for: nil)
    return try await certificates.renewCertificate(
      .with {
        $0.signingRequest = key.signingRequest
        $0.reason = "test"
        $0.requestID = freshRequestID()
      }, metadata: caller(uri, certificate: certificate))
  }

  func revoke(
    certificate name: String, as uri: String? = operatorURI,
    _ change: (inout PBRevokeCertificateRequest) -> Void = { _ in }
  ) async throws -> PBCertificate {
    var request = PBRevokeCertificateRequest.with {
      $0.name = name
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request)
    return try await certificates.revokeCertificate(request, metadata: caller(uri))
  }

  func certificateList(as uri: String?, filter: String = "") async throws -> [PBCertificate] {
    try await certificates.listCertificates(.with { $0.filter = filter }, metadata: caller(uri)).certificates
  }

  /// Whether access control takes a call with the certificate.
  func isLetIn(_ uri: String, with certificate: PBCertificate) async throws -> Bool {
    let refused = try await failure {
      try await directory.listOrganisations(.init(), metadata: caller(uri, certificate: certificate.name))
    }
    #expect(refused == nil || refused?.reason == "METHOD_NOT_PERMITTED")
    return refused == nil
  }
}
