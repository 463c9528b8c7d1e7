import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

/// `vigil cases search`.
struct CasesSearchCommand: ListingCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Finds cases by words, in any of the six languages.",
    discussion: """
      Every word must be in some text of the case that you may see: of its number and mission, victims, suspects, \
      proceedings, assertions or communications. Filters as for the list; --count-by says on standard error how many \
      there are.
      """
  )

  @Argument(help: "Words to look for.")
  var words: [String]
  @Option(help: ArgumentHelp("'incident_date' or 'incident_date desc'.", valueName: "field"))
  var orderBy = ""
  @Flag(help: "With the victims (JSON only shows them).")
  var full = false
  @Option(
    help: ArgumentHelp("Counts what is found by MISSION, YEAR, ACT or STATE; may be repeated.", valueName: "facet"))
  var countBy: [String] = []
  @OptionGroup var use: PurposeOptions
  @OptionGroup var list: ListOptions

  func request() throws(CommandFailure) -> PBSearchCasesRequest {
    var request = PBSearchCasesRequest()
    request.query = words.joined(separator: " ")
    request.orderBy = orderBy
    request.view = full ? .full : .basic
    request.facets = try CommandLineClient.words(countBy, option: "count-by")
    return request
  }

  func page(
    _ request: PBSearchCasesRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBCase], next: String) {
    let page = try await PBSearchService.Client(wrapping: client).searchCases(
      request, metadata: use.metadata, options: callOptions)
    for counts in page.facets { try Console.standardError.write(counts.text) }
    return (page.cases, page.nextPageToken)
  }
}

extension PBSearchCasesRequest: PageRequest {}

extension PBFacetCounts {
  /// For people: a line for each value.
  var text: String {
    values.map { "\(label(facet).lowercased()) \($0.value): \($0.caseCount)\n" }.joined()
  }
}
