import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

/// `vigil cases victims`.
struct VictimsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "victims",
    abstract: "The victims of a case whom people enter.",
    discussion: "vigil cases get shows them, with those that were imported.",
    subcommands: [
      VictimsAddCommand.self, VictimsBatchCommand.self, VictimsUpdateCommand.self, VictimsWithdrawCommand.self,
    ]
  )
}

/// `vigil cases victims add`.
struct VictimsAddCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Puts a victim, or a group of them, on record.")

  @Argument(help: "The case, cases/… as a list shows it.")
  var name: String
  @OptionGroup var victim: VictimOptions
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBCreateVictimRequest {
    var request = PBCreateVictimRequest()
    request.parent = resourceName(name, in: "cases")
    request.victim = try victim.message()
    return request
  }

  func call(
    _ request: PBCreateVictimRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBVictim {
    try await PBVictimService.Client(wrapping: client).createVictim(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil cases victims update`.
struct VictimsUpdateCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Changes what is on record of a victim: what is given here, and what --clear names.")

  @OptionGroup var target: CaseTargetOptions
  @OptionGroup var victim: VictimOptions
  @Option(help: ArgumentHelp("A field to leave empty, such as unit; as often as there are any.", valueName: "field"))
  var clear: [String] = []
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBUpdateVictimRequest {
    var request = PBUpdateVictimRequest()
    request.victim = try victim.message()
    request.updateMask.paths = victim.paths + clear
    request.victim.name = target.name
    request.victim.etag = target.etag
    return request
  }

  func call(
    _ request: PBUpdateVictimRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBVictim {
    try await PBVictimService.Client(wrapping: client).updateVictim(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil cases victims withdraw`.
struct VictimsWithdrawCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Takes a victim off the record who was none, or was recorded twice.")

  @OptionGroup var target: CaseTargetOptions
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() -> PBWithdrawVictimRequest {
    var request = PBWithdrawVictimRequest()
    request.name = target.name
    request.etag = target.etag
    return request
  }

  func call(
    _ request: PBWithdrawVictimRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBVictim {
    try await PBVictimService.Client(wrapping: client).withdrawVictim(
      request, metadata: change.use.metadata, options: callOptions)
  }
}
