import ArgumentParser
import Foundation
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

/// `vigil access certificates list`.
struct CertificatesListCommand: ListingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists certificates: all to those who see the whole directory, their own organisation's to others.",
    discussion: "Filters know principal, state and active: --filter 'state = REQUESTED'"
  )

  @OptionGroup var list: ListOptions

  func page(
    _ request: PBListCertificatesRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBCertificate], next: String) {
    let page = try await PBCertificateService.Client(wrapping: client).listCertificates(request, options: callOptions)
    return (page.certificates, page.nextPageToken)
  }
}

/// `vigil access certificates get`.
struct CertificatesGetCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Shows one certificate, or with --chain writes it as servers and clients read it.")

  @Argument(help: "The certificate, certificates/… as a list shows it.")
  var name: String
  @Flag(help: "Only the certificate and its authority, in PEM.")
  var chain = false
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let request = PBGetCertificateRequest.with { $0.name = resourceName(name, in: "certificates") }
    let found = try await PBCertificateService.Client(wrapping: client).getCertificate(request, options: callOptions)
    if chain { return try console.write(found.pemChain) }
    try RecordWriter(format: output.format, columns: PBCertificate.columns, console: console).write(found)
  }
}

/// `vigil access certificates request`.
struct CertificatesRequestCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "request",
    abstract: "Puts a holder's request for a certificate on record, for another to issue. For operators.")

  @Argument(help: "Whose it will be, principals/… as a list shows it.")
  var principal: String
  @Argument(help: "File with the request (PKCS #10, PEM), as new-key or openssl req makes it.", completion: .file())
  var file: String
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBRequestCertificateRequest {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw CommandFailure(status: .notFound, reason: "\(file) cannot be read")
    }
    return .with {
      $0.principal = resourceName(principal, in: "principals")
      $0.signingRequest = String(decoding: data, as: UTF8.self)
    }
  }

  func call(
    _ request: PBRequestCertificateRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBCertificate {
    try await PBCertificateService.Client(wrapping: client).requestCertificate(request, options: callOptions)
  }
}

/// `vigil access certificates issue`. It cannot be tried: what is signed is signed.
struct CertificatesIssueCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "issue",
    abstract: "Issues a certificate that another has requested. For case officers.",
    discussion: "Ask the holder for the digest, by another way than the request came."
  )

  @OptionGroup var target: TargetOptions
  @Option(help: ArgumentHelp("Digest of the key as its holder tells it.", valueName: "hexadecimal"))
  var keyDigest: String
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBIssueCertificateRequest {
    guard let digest = Data(hexadecimal: keyDigest), digest.count == 32 else {
      throw CommandFailure(status: .usage, reason: "--key-digest must be of 64 hexadecimal digits")
    }
    return .with {
      $0.name = target.name(in: "certificates")
      $0.etag = target.etag
      $0.keyDigest = digest
    }
  }

  func call(
    _ request: PBIssueCertificateRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBCertificate {
    try await PBCertificateService.Client(wrapping: client).issueCertificate(request, options: callOptions)
  }
}

/// `vigil access certificates revoke`.
struct CertificatesRevokeCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Ends a certificate now, with all that were renewed by it.")

  @OptionGroup var target: TargetOptions
  @Flag(help: "Also one that is not on record, by its serial number; for operators and case officers.")
  var allowMissing = false
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() -> PBRevokeCertificateRequest {
    .with {
      $0.name = target.name(in: "certificates")
      $0.etag = target.etag
      $0.allowMissing = allowMissing
    }
  }

  func call(
    _ request: PBRevokeCertificateRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBCertificate {
    try await PBCertificateService.Client(wrapping: client).revokeCertificate(request, options: callOptions)
  }
}
