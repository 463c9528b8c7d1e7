import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// `vigil progress proposals list`.
struct ProposalsListCommand: CaseEntriesCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists proposals of a case.")

  @OptionGroup var entries: EntriesOptions

  func page(
    _ request: PBListProposalsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBProposal], next: String) {
    let page = try await PBProgressService.Client(wrapping: client).listProposals(
      request, metadata: entries.use.metadata, options: callOptions)
    return (page.proposals, page.nextPageToken)
  }
}

/// `vigil progress proposals assert`.
struct ProposalsAssertCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "assert", abstract: "Proposes that a track has reached a stage.")

  @Argument(help: "The track, cases/…/tracks/…, as show lists it.")
  var track: String
  @Argument(help: "The stage: ARRESTED, VERDICT_GUILTY, …; of a protest with DIPLOMATIC: before it.")
  var stageName: String
  @Option(help: ArgumentHelp("When it was reached, as precisely as known.", valueName: "date"))
  var effective: String = ""
  @Option(help: ArgumentHelp("Symbol of the document that it is known from.", valueName: "symbol"))
  var document: String = ""
  @Option(help: ArgumentHelp("What else there is to say.", valueName: "text"))
  var note: String = ""
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBCreateProposalRequest {
    var request = PBCreateProposalRequest()
    request.parent = try caseName(of: track)
    request.proposal.change.assertion.track = track
    request.proposal.change.assertion.assertion.stage = try stage(stageName)
    if !effective.isEmpty {
      request.proposal.change.assertion.assertion.effectiveDate = try partialDate(effective, option: "effective")
    }
    request.proposal.change.assertion.assertion.document = document
    request.proposal.change.assertion.assertion.note = note
    request.proposal.change.assertion.assertion.source = .hostState
    request.proposal.change.assertion.assertion.certainty = .confirmed
    return request
  }

  func call(
    _ request: PBCreateProposalRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBProposal {
    try await PBProgressService.Client(wrapping: client).createProposal(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil progress proposals suspect`.
struct ProposalsSuspectCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "suspect", abstract: "Proposes to record a suspect.")

  @Argument(help: "The case, cases/… as a list shows it.")
  var name: String
  @Option(help: ArgumentHelp("Name or alias.", valueName: "text"))
  var alias: String
  @Option(help: "UNIDENTIFIED, IDENTIFIED, AT_LARGE, WANTED, ….")
  var status: String
  @Option(help: ArgumentHelp("Group or force.", valueName: "text"))
  var affiliation: String = ""
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBCreateProposalRequest {
    var request = PBCreateProposalRequest()
    request.parent = resourceName(name, in: "cases")
    request.proposal.change.suspect.alias = alias
    request.proposal.change.suspect.status = try word(status, option: "status")
    request.proposal.change.suspect.affiliation = affiliation
    return request
  }

  func call(
    _ request: PBCreateProposalRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBProposal {
    try await PBProgressService.Client(wrapping: client).createProposal(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil progress proposals accept`.
struct ProposalsAcceptCommand: CaseChangeCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept", abstract: "Carries out what was proposed.")

  @OptionGroup var target: CaseTargetOptions
  @Option(help: "How sure a proposed assertion is: RUMOUR, POSSIBLE, PROBABLE or CONFIRMED.")
  var certainty: String = ""
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBAcceptProposalRequest {
    var request = PBAcceptProposalRequest()
    request.name = target.name
    request.etag = target.etag
    if !certainty.isEmpty { request.certainty = try word(certainty, option: "certainty") }
    return request
  }

  func call(
    _ request: PBAcceptProposalRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBProposal {
    try await PBProgressService.Client(wrapping: client).acceptProposal(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil progress proposals refuse`.
struct ProposalsRefuseCommand: CaseChangeCommand {
  static let configuration = CommandConfiguration(
    commandName: "refuse", abstract: "Refuses what was proposed.")

  @OptionGroup var target: CaseTargetOptions
  @OptionGroup var change: CaseChangeOptions

  func request() -> PBRefuseProposalRequest {
    var request = PBRefuseProposalRequest()
    request.name = target.name
    request.etag = target.etag
    return request
  }

  func call(
    _ request: PBRefuseProposalRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBProposal {
    try await PBProgressService.Client(wrapping: client).refuseProposal(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil progress proposals withdraw`.
struct ProposalsWithdrawCommand: CaseChangeCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Takes an own proposal back.")

  @OptionGroup var target: CaseTargetOptions
  @OptionGroup var change: CaseChangeOptions

  func request() -> PBWithdrawProposalRequest {
    var request = PBWithdrawProposalRequest()
    request.name = target.name
    request.etag = target.etag
    return request
  }

  func call(
    _ request: PBWithdrawProposalRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBProposal {
    try await PBProgressService.Client(wrapping: client).withdrawProposal(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// The case that something belongs to.
///
/// - Throws: ``CommandFailure`` for what is no name of something of a case.
private func caseName(of name: String) throws(CommandFailure) -> String {
  let parts = name.split(separator: "/", omittingEmptySubsequences: false)
  guard parts.count > 2, parts[0] == "cases" else {
    throw CommandFailure(status: .usage, reason: "must be the name of a track, cases/…/tracks/…, not '\(name)'")
  }
  return "cases/\(parts[1])"
}
