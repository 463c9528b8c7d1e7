import ArgumentParser
import Crypto
import Foundation
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

/// `vigil sharing package`.
struct SharingPackageCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "package", abstract: "Makes the document of an approved request, for its recipient.")

  @OptionGroup var target: TargetOptions
  @OptionGroup var change: ChangeOptions

  func request() -> PBCreateDisclosurePackageRequest {
    var request = PBCreateDisclosurePackageRequest()
    request.sharingRequest = target.name(in: "sharingRequests")
    request.etag = target.etag
    return request
  }

  func call(
    _ request: PBCreateDisclosurePackageRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBDisclosurePackage {
    try await PBSharingService.Client(wrapping: client).createDisclosurePackage(request, options: callOptions)
  }
}

/// `vigil sharing packages`.
struct PackagesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "packages", abstract: "What was made for whom.",
    subcommands: [PackagesListCommand.self, PackagesGetCommand.self, PackagesRevokeCommand.self]
  )
}

/// `vigil sharing packages list`.
struct PackagesListCommand: ListingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists packages.", discussion: "Filters know case, party and state.")

  @OptionGroup var list: ListOptions
  @OptionGroup var use: PurposeOptions

  func page(
    _ request: PBListDisclosurePackagesRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBDisclosurePackage], next: String) {
    let page = try await PBSharingService.Client(wrapping: client).listDisclosurePackages(
      request, metadata: use.metadata, options: callOptions)
    return (page.disclosurePackages, page.nextPageToken)
  }
}

/// `vigil sharing packages get`.
struct PackagesGetCommand: ShowingCommand {
  static let configuration = CommandConfiguration(commandName: "get", abstract: "Shows one, without its document.")

  @OptionGroup var show: ShowOptions

  func find(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBDisclosurePackage {
    try await PBSharingService.Client(wrapping: client).getDisclosurePackage(
      .with { $0.name = resourceName(show.name, in: "disclosurePackages") }, metadata: show.use.metadata,
      options: callOptions)
  }
}

/// `vigil sharing packages revoke`.
struct PackagesRevokeCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Stops further downloads of a package.")

  @OptionGroup var target: TargetOptions
  @OptionGroup var change: ChangeOptions

  func request() -> PBRevokeDisclosurePackageRequest {
    var request = PBRevokeDisclosurePackageRequest()
    request.name = target.name(in: "disclosurePackages")
    request.etag = target.etag
    return request
  }

  func call(
    _ request: PBRevokeDisclosurePackageRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBDisclosurePackage {
    try await PBSharingService.Client(wrapping: client).revokeDisclosurePackage(request, options: callOptions)
  }
}

/// `vigil sharing download`.
struct SharingDownloadCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "download", abstract: "Fetches the document of a package that is for you; it is recorded.",
    discussion: "The file must not exist yet, and only you can read it."
  )

  @Argument(help: "The package, disclosurePackages/… as a list shows it.")
  var name: String
  @Argument(help: "The file to write.", completion: .file())
  var file: String
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let found = try await PBSharingService.Client(wrapping: client).downloadDisclosurePackage(
      .with { $0.name = resourceName(name, in: "disclosurePackages") }, options: callOptions)
    guard Data(SHA256.hash(data: found.document)) == found.sha256 else {
      throw CommandFailure(status: .inputOutput, reason: "what came is not the document that was made")
    }
    try PrivateFile(path: file).write(String(decoding: found.document, as: UTF8.self))
    try notes.write("\(found.document.count) bytes\n")
  }
}

/// `vigil sharing attribute`.
struct SharingAttributeCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "attribute", abstract: "Tells for whom a leaked document, or a part of one, was made.")

  @Argument(help: "The file.", completion: .file())
  var file: String
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    guard let document = try? Data(contentsOf: URL(filePath: file)) else {
      throw CommandFailure(status: .usage, reason: "'\(file)' cannot be read")
    }
    let found = try await PBSharingService.Client(wrapping: client).attributeDisclosure(
      .with { $0.document = document }, options: callOptions)
    try RecordWriter(format: output.format, columns: PBDisclosurePackage.columns, console: console)
      .write(found.disclosurePackage)
    try notes.write(found.intact ? "It is the document as it was given.\n" : "It is a part, or was changed.\n")
  }
}
