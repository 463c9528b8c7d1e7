import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

/// `vigil evidence custody`.
struct EvidenceCustodyCommand: CaseEntriesCommand {
  static let configuration = CommandConfiguration(
    commandName: "custody", abstract: "Lists what was done with an item: its chain of custody.")

  @OptionGroup var entries: EntriesOptions

  func page(
    _ request: PBListCustodyEventsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBCustodyEvent], next: String) {
    let page = try await PBEvidenceService.Client(wrapping: client).listCustodyEvents(
      request, metadata: entries.use.metadata, options: callOptions)
    return (page.custodyEvents, page.nextPageToken)
  }
}

/// `vigil evidence hand-over`.
struct EvidenceHandOverCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "hand-over", abstract: "Says that you hand an item over; the receiver confirms it.")

  @OptionGroup var subject: CaseTargetOptions
  @Argument(help: "The party that receives it, by its code.")
  var receiver: String
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBHandOverEvidenceRequest {
    .with { ($0.name, $0.etag, $0.receiver) = (subject.name, subject.etag, receiver) }
  }

  func call(
    _ request: PBHandOverEvidenceRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBEvidenceItem {
    try await PBEvidenceService.Client(wrapping: client).handOverEvidence(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil evidence receive`.
struct EvidenceReceiveCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "receive", abstract: "Confirms that you have received an item.")

  @OptionGroup var subject: CaseTargetOptions
  @Option(help: ArgumentHelp("Where you keep it.", valueName: "text"))
  var custodian: String = ""
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBReceiveEvidenceRequest {
    .with { ($0.name, $0.etag, $0.custodian) = (subject.name, subject.etag, custodian) }
  }

  func call(
    _ request: PBReceiveEvidenceRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBEvidenceItem {
    try await PBEvidenceService.Client(wrapping: client).receiveEvidence(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil evidence hold`.
struct EvidenceHoldCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold", abstract: "Puts an item under a legal hold: it cannot be disposed of.")

  @OptionGroup var subject: CaseTargetOptions
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBPlaceLegalHoldRequest {
    .with { ($0.name, $0.etag) = (subject.name, subject.etag) }
  }

  func call(
    _ request: PBPlaceLegalHoldRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBEvidenceItem {
    try await PBEvidenceService.Client(wrapping: client).placeLegalHold(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil evidence lift-hold`.
struct EvidenceLiftHoldCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(commandName: "lift-hold", abstract: "Lifts a legal hold.")

  @OptionGroup var subject: CaseTargetOptions
  @Option(help: ArgumentHelp("Which, by the custody event that placed it, if there are several.", valueName: "name"))
  var hold: String = ""
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBLiftLegalHoldRequest {
    .with { ($0.name, $0.etag, $0.hold) = (subject.name, subject.etag, hold) }
  }

  func call(
    _ request: PBLiftLegalHoldRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBEvidenceItem {
    try await PBEvidenceService.Client(wrapping: client).liftLegalHold(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil evidence dispose`.
struct EvidenceDisposeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dispose",
    abstract: "Disposes of an item, which takes two persons: the content is destroyed, the entry stays.",
    subcommands: [EvidenceDisposeProposeCommand.self, EvidenceDisposeConfirmCommand.self]
  )
}

/// `vigil evidence dispose propose`.
struct EvidenceDisposeProposeCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "propose", abstract: "Proposes that an item be disposed of.")

  @OptionGroup var subject: CaseTargetOptions
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBProposeDisposalRequest {
    .with { ($0.name, $0.etag) = (subject.name, subject.etag) }
  }

  func call(
    _ request: PBProposeDisposalRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBEvidenceItem {
    try await PBEvidenceService.Client(wrapping: client).proposeDisposal(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil evidence dispose confirm`.
struct EvidenceDisposeConfirmCommand: CaseChangeCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm", abstract: "Confirms what another has proposed. There is no way back.")

  @OptionGroup var subject: CaseTargetOptions
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBConfirmDisposalRequest {
    .with { ($0.name, $0.etag) = (subject.name, subject.etag) }
  }

  func call(
    _ request: PBConfirmDisposalRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBEvidenceItem {
    try await PBEvidenceService.Client(wrapping: client).confirmDisposal(
      request, metadata: change.use.metadata, options: callOptions)
  }
}
