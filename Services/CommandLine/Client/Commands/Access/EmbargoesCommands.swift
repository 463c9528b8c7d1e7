import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

/// `vigil access embargoes list`.
struct EmbargoesListCommand: ListingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists the embargoes on a case, the latest first. For case and legal officers.",
    discussion: "Filters know kind and active: --filter 'active = true'"
  )

  @Argument(help: "The case, cases/… as a list shows it.")
  var name: String
  @OptionGroup var list: ListOptions

  func request() -> PBListEmbargoesRequest { .with { $0.parent = resourceName(name, in: "cases") } }

  func page(
    _ request: PBListEmbargoesRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBEmbargo], next: String) {
    let page = try await PBGrantService.Client(wrapping: client).listEmbargoes(request, options: callOptions)
    return (page.embargoes, page.nextPageToken)
  }
}

/// `vigil access embargoes create`.
struct EmbargoesCreateCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Holds back what the policy names for the kind, in one case.")

  @Argument(help: "The case, cases/… as a list shows it.")
  var name: String
  @Argument(help: "NEXT_OF_KIN, until they are told; RELEASE, while a release is prepared.")
  var kind: String
  @OptionGroup var until: UntilOption
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBCreateEmbargoRequest {
    var request = PBCreateEmbargoRequest()
    request.embargo.case = resourceName(name, in: "cases")
    request.embargo.kind = try word(kind, option: "kind")
    if let end = until.time { request.embargo.endTime = end }
    return request
  }

  func call(
    _ request: PBCreateEmbargoRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBEmbargo {
    try await PBGrantService.Client(wrapping: client).createEmbargo(request, options: callOptions)
  }
}

/// `vigil access embargoes lift`.
struct EmbargoesLiftCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "lift", abstract: "Ends an embargo now.")

  @OptionGroup var target: TargetOptions
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() -> PBLiftEmbargoRequest {
    .with {
      $0.name = target.name(in: "embargoes")
      $0.etag = target.etag
    }
  }

  func call(
    _ request: PBLiftEmbargoRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBEmbargo {
    try await PBGrantService.Client(wrapping: client).liftEmbargo(request, options: callOptions)
  }
}
