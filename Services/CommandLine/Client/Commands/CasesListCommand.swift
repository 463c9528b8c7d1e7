import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

/// `vigil cases list`.
struct CasesListCommand: ListingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists cases, the latest incident first.",
    discussion: """
      Filters know mission, mission_kind, host_state, nationality, category, personnel_group, incident_date, act, \
      state and victim_count, combined with AND, OR, NOT and brackets:

        vigil cases list --filter 'mission = MINUSMA AND incident_date >= 2019'
      """
  )

  @Option(help: ArgumentHelp("'incident_date' or 'incident_date desc'.", valueName: "field"))
  var orderBy = ""
  @Flag(help: "With the victims (JSON only shows them).")
  var full = false
  @OptionGroup var use: PurposeOptions
  @OptionGroup var list: ListOptions

  func request() -> PBListCasesRequest {
    .with {
      $0.orderBy = orderBy
      $0.view = full ? .full : .basic
    }
  }

  func page(
    _ request: PBListCasesRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBCase], next: String) {
    let page = try await PBCaseService.Client(wrapping: client).listCases(
      request, metadata: use.metadata, options: callOptions)
    return (page.cases, page.nextPageToken)
  }
}

extension PBListCasesRequest: PageRequest {}
