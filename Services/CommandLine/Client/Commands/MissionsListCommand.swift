import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

/// `vigil missions list`.
struct MissionsListCommand: ListingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists missions, by code.",
    discussion: """
      Filters know code, kind, host_state and active:

        vigil missions list --filter 'active = true AND host_state = COD'
      """
  )

  @OptionGroup var list: ListOptions

  func page(
    _ request: PBListMissionsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBMission], next: String) {
    let page = try await PBCaseService.Client(wrapping: client).listMissions(request, options: callOptions)
    return (page.missions, page.nextPageToken)
  }
}

extension PBListMissionsRequest: PageRequest {}
