import ArgumentParser
import GRPCCore
import VigilCasesAPI

/// `vigil cases duplicates`.
struct CasesDuplicatesCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "duplicates", abstract: "Finds cases that may be the same as one, and says why.")

  @Argument(help: "The case, cases/… as a list shows it.")
  var name: String
  @Option(help: ArgumentHelp("Most to show.", valueName: "number"))
  var limit: Int32 = 0
  @OptionGroup var use: PurposeOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    var request = PBFindDuplicatesRequest()
    request.name = resourceName(name, in: "cases")
    request.pageSize = limit
    let found = try await PBLifecycleService.Client(wrapping: client).findDuplicates(
      request, metadata: use.metadata, options: callOptions)
    var writer = ListWriter(output.format, columns: PBDuplicateCandidate.columns, to: console)
    try writer.append(found.candidates)
    try writer.finish()
  }
}

extension PBDuplicateCandidate: CaseRow {
  static let columns: [Column<PBDuplicateCandidate>] = [
    Column("score", .right) { String(Int(($0.score * 100).rounded())) + "%" },
    Column("display_number") { $0.displayNumber },
    Column("likenesses") { $0.likenesses.map(\.explanation).joined(separator: ", ") },
    Column("case") { $0.case },
  ]
}
