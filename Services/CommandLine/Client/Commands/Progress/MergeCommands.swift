import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

/// `vigil cases merge`.
struct CasesMergeCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Merges a case into another, which stands for both from then on.")

  @OptionGroup var target: CaseTargetOptions
  @Option(help: ArgumentHelp("The case that is to stand for both.", valueName: "name"))
  var into: String
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() -> PBMergeCaseRequest {
    var request = PBMergeCaseRequest()
    request.name = target.name(in: "cases") + "/lifecycle"
    request.etag = target.etag
    request.into = resourceName(into, in: "cases")
    return request
  }

  func call(
    _ request: PBMergeCaseRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBCaseLifecycle {
    try await PBLifecycleService.Client(wrapping: client).mergeCase(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil cases unmerge`.
struct CasesUnmergeCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "unmerge", abstract: "Takes a case out of the one that it was merged into.")

  @OptionGroup var target: CaseTargetOptions
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() -> PBUnmergeCaseRequest {
    var request = PBUnmergeCaseRequest()
    request.name = target.name(in: "cases") + "/lifecycle"
    request.etag = target.etag
    return request
  }

  func call(
    _ request: PBUnmergeCaseRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBCaseLifecycle {
    try await PBLifecycleService.Client(wrapping: client).unmergeCase(
      request, metadata: change.use.metadata, options: callOptions)
  }
}
