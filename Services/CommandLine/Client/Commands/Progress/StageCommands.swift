import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// `vigil progress assert`.
struct AssertCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "assert", abstract: "Asserts that a track has reached a stage.")

  @Argument(help: "The track, cases/…/tracks/…, as show lists it.")
  var track: String
  @Argument(help: "The stage: ARRESTED, VERDICT_GUILTY, …; of a protest with DIPLOMATIC: before it.")
  var stageName: String
  @Option(help: "HOST_STATE, COURT_RECORD, MISSION, ….")
  var source: String
  @Option(help: "RUMOUR, POSSIBLE, PROBABLE or CONFIRMED.")
  var certainty: String
  @Option(help: ArgumentHelp("When it was reached, as precisely as known.", valueName: "date"))
  var effective: String = ""
  @Option(help: ArgumentHelp("Symbol of the document that it is known from.", valueName: "symbol"))
  var document: String = ""
  @Option(help: ArgumentHelp("What else there is to say.", valueName: "text"))
  var note: String = ""
  @Option(help: ArgumentHelp("The assertion that it corrects.", valueName: "name"))
  var supersedes: String = ""
  @Option(help: ArgumentHelp("Only if the track is still as it was when this etag was read.", valueName: "etag"))
  var etag: String = ""
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBCreateStageAssertionRequest {
    var request = PBCreateStageAssertionRequest()
    request.parent = track
    request.etag = etag
    request.assertion.stage = try stage(stageName)
    if !effective.isEmpty { request.assertion.effectiveDate = try partialDate(effective, option: "effective") }
    request.assertion.document = document
    request.assertion.note = note
    request.assertion.source = try word(source, option: "source")
    request.assertion.certainty = try word(certainty, option: "certainty")
    request.assertion.supersedes = supersedes
    return request
  }

  func call(
    _ request: PBCreateStageAssertionRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBStageAssertion {
    try await PBProgressService.Client(wrapping: client).createStageAssertion(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil progress assertions`.
struct AssertionsCommand: CaseEntriesCommand {
  static let configuration = CommandConfiguration(
    commandName: "assertions", abstract: "Lists what was asserted of a track.")

  @OptionGroup var entries: EntriesOptions

  func page(
    _ request: PBListStageAssertionsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBStageAssertion], next: String) {
    let page = try await PBProgressService.Client(wrapping: client).listStageAssertions(
      request, metadata: entries.use.metadata, options: callOptions)
    return (page.assertions, page.nextPageToken)
  }
}

/// `vigil progress track`.
struct TrackCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "track", abstract: "Begins to follow a proceeding, an accused in it, or without one a protest.")

  @Argument(help: "The case, cases/… as a list shows it.")
  var name: String
  @Option(help: ArgumentHelp("The proceeding; none for a protest against a detention.", valueName: "name"))
  var proceeding: String = ""
  @Option(help: ArgumentHelp("The accused; none for the proceeding as a whole.", valueName: "name"))
  var suspect: String = ""
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() -> PBCreateTrackRequest {
    var request = PBCreateTrackRequest()
    request.parent = resourceName(name, in: "cases")
    request.track.kind = proceeding.isEmpty ? .diplomatic : .accountability
    request.track.proceeding = proceeding
    request.track.suspect = suspect
    return request
  }

  func call(
    _ request: PBCreateTrackRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBTrack {
    try await PBProgressService.Client(wrapping: client).createTrack(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// The stage of a word: of a protest with `DIPLOMATIC:` before it.
///
/// - Throws: ``CommandFailure`` that names the words.
func stage(_ text: String) throws(CommandFailure) -> PBStage {
  var stage = PBStage()
  let prefix = "DIPLOMATIC:"
  if text.uppercased().hasPrefix(prefix) {
    stage.diplomatic = try word(String(text.dropFirst(prefix.count)), option: "stage")
  } else {
    stage.accountability = try word(text, option: "stage")
  }
  return stage
}

/// A date as it is typed.
///
/// - Throws: ``CommandFailure`` that says the forms.
func partialDate(_ text: String, option: String) throws(CommandFailure) -> PBPartialDate {
  guard let date = PBPartialDate(text: text) else {
    throw CommandFailure(status: .usage, reason: "--\(option) must be like 2020-05-10, 2020-05 or 2020, not '\(text)'")
  }
  return date
}
