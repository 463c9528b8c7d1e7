import ArgumentParser
import Foundation
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

/// `vigil access certificates new-key`.
struct CertificatesNewKeyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new-key",
    abstract: "Makes a key and the request for its certificate. Calls nobody; the key stays here.",
    discussion: "The request goes to an operator. The digest goes to a case officer, by another way."
  )

  @Argument(help: "Whom the certificate will name, spiffe://…/client/….")
  var uri: String
  @Option(help: ArgumentHelp("Where to put the key; nothing may be there.", valueName: "path"), completion: .file())
  var keyFile: String
  @Option(help: ArgumentHelp("Where to put the request.", valueName: "path"), completion: .file())
  var requestFile: String

  func run() throws { try perform(to: .standardOutput) }

  func perform(to console: Console) throws {
    let new = try NewKey(for: uri)
    try new.write(to: keyFile)
    try PrivateFile(path: requestFile).write(new.signingRequest)
    try console.write("KEY DIGEST  \(new.digest.hexadecimal)\n")
  }
}

/// `vigil access certificates renew`. It cannot be tried: what is signed is signed.
struct CertificatesRenewCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "renew",
    abstract:
      "Makes a new key and gets another certificate for it, by the one that you call with. Both hold for a while.",
    discussion: "Then name the new files with --certificate and --key, or in the settings."
  )

  @Option(help: ArgumentHelp("Where to put the new key; nothing may be there.", valueName: "path"), completion: .file())
  var keyFile: String
  @Option(help: ArgumentHelp("Where to put the new certificate.", valueName: "path"), completion: .file())
  var certificateFile: String
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBRenewCertificateRequest {
    let new: NewKey
    do {
      // The system names whom it knows by the connection.
      new = try NewKey(for: nil)
    } catch {
      throw CommandFailure(status: .software, reason: "the request cannot be made: \(error)")
    }
    try new.write(to: keyFile)
    return .with { $0.signingRequest = new.signingRequest }
  }

  func call(
    _ request: PBRenewCertificateRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBCertificate {
    let renewed = try await PBCertificateService.Client(wrapping: client)
      .renewCertificate(request, options: callOptions)
    try PrivateFile(path: certificateFile).write(renewed.pemChain)
    return renewed
  }
}

extension Data {
  /// Nil for a text that is not of pairs of hexadecimal digits.
  init?(hexadecimal text: String) {
    guard text.utf8.count.isMultiple(of: 2) else { return nil }
    self.init()
    var rest = text[...]
    while !rest.isEmpty {
      guard let byte = UInt8(rest.prefix(2), radix: 16), rest.first != "+" else { return nil }
      append(byte)
      rest = rest.dropFirst(2)
    }
  }
}
