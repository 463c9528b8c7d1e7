import ArgumentParser
import Foundation
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

/// `vigil access notices list`.
struct NoticesListCommand: ListingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists your own notices, the latest first.",
    discussion: "Filters know kind and acknowledged: --filter 'acknowledged = false'"
  )

  @OptionGroup var list: ListOptions

  func page(
    _ request: PBListNoticesRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBNotice], next: String) {
    let page = try await PBEmergencyService.Client(wrapping: client).listNotices(request, options: callOptions)
    return (page.notices, page.nextPageToken)
  }
}

/// `vigil access notices acknowledge`.
struct NoticesAcknowledgeCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "acknowledge", abstract: "Says that you have taken note of a notice.")

  @Argument(help: "The notice, notices/… as a list shows it.")
  var name: String
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let request = PBAcknowledgeNoticeRequest.with {
      $0.name = resourceName(name, in: "notices")
      $0.requestID = UUID().uuidString.lowercased()
    }
    let notice = try await PBEmergencyService.Client(wrapping: client).acknowledgeNotice(request, options: callOptions)
    try RecordWriter(format: output.format, columns: PBNotice.columns, console: console).write(notice)
  }
}
