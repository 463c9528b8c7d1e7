import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI
import VigilTypeAPI

/// Whom and what a question is about.
struct QuestionOptions: ParsableArguments {
  @Argument(help: "The case, cases/… as a list shows it.")
  var name: String
  @Option(help: ArgumentHelp("Another than the caller; for case officers.", valueName: "principals/…"))
  var principal = ""
  @Option(help: ArgumentHelp("What for: INVESTIGATION, PROSECUTION, AUDIT, ….", valueName: "purpose"))
  var purpose = ""

  /// May it be read, and how much is seen of it?
  func question() throws(CommandFailure) -> PBCheckRequest {
    var request = PBCheckRequest()
    request.case = resourceName(name, in: "cases")
    if !principal.isEmpty { request.principal = resourceName(principal, in: "principals") }
    request.action = .read
    if !purpose.isEmpty { request.purpose = try word(purpose, option: "purpose") }
    return request
  }
}

/// `vigil access check`.
struct AccessCheckCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Says what is shown of a case, by data class.")

  @OptionGroup var about: QuestionOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let answer = try await PBPolicyService.Client(wrapping: client).check(try about.question(), options: callOptions)
    var writer = ListWriter(output.format, columns: PBClassDecision.columns, to: console)
    try writer.append(answer.classes)
    try writer.finish()
    let verdict = answer.allowed ? "Allowed" : "Denied: \(label(answer.refusal))"
    try notes.write("\(verdict) (policy version \(answer.policyVersion))\n")
  }
}

/// `vigil access explain`.
struct AccessExplainCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Says why so much and no more is shown of a case. For case and legal officers.")

  @OptionGroup var about: QuestionOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let question = try about.question()
    let answer = try await PBPolicyService.Client(wrapping: client)
      .explain(.with { $0.check = question }, options: callOptions)
    try console.write(answer.text)
  }
}

/// `vigil access readers`.
struct AccessReadersCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "readers", abstract: "Lists who can see a case. For case and legal officers; logged.")

  @Argument(help: "The case, cases/… as a list shows it.")
  var name: String
  @Option(help: ArgumentHelp("Who sees at least so much: CORE, EXACT, WITNESS, ….", valueName: "class"))
  var dataClass = "CORE"
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    var request = PBListReadersRequest()
    request.case = resourceName(name, in: "cases")
    request.dataClass = try word(dataClass, option: "data-class")
    var writer = ListWriter(output.format, columns: PBReader.columns, to: console)
    repeat {
      let page = try await PBPolicyService.Client(wrapping: client).listReaders(request, options: callOptions)
      try writer.append(page.readers)
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    try writer.finish()
  }
}
