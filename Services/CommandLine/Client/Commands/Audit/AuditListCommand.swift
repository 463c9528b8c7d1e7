import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

/// `vigil audit list`.
struct AuditListCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists entries of the log, the earliest first. For auditors, and for States their own; logged.",
    discussion: """
      Filters know principal, party, resource, service, method, grant, event_time and index:

        vigil audit list --filter 'party = KEN AND event_time >= "2026-01-01"'

      What a grant was used for:

        vigil audit list --filter 'grant = "grants/0190b5a2-7c3e-7abc-8def-0123456789ab"'
      """
  )

  @OptionGroup var pages: PageOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let audit = PBAuditService.Client(wrapping: client)
    let writer = ListWriter(output.format, columns: PBAuditEntry.columns, to: console)
    try await Listing(options: pages, output: console, notes: notes).write(with: writer) { token in
      let request = PBListAuditEntriesRequest.with {
        $0.pageSize = pages.pageSize
        $0.pageToken = token
        $0.filter = pages.filter
      }
      let page = try await audit.listAuditEntries(request, options: callOptions)
      return (page.entries, page.nextPageToken)
    }
  }
}
