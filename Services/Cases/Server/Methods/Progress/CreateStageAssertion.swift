import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension ProgressService {
  func createStageAssertion(
    request: PBCreateStageAssertionRequest, context: ServerContext
  ) async throws -> PBStageAssertion {
    let name = try MemberName<Track>(parsing: request.parent, field: "parent")
    return try await ledger.record(request, asking: name, for: .write, [.hostProgress], context) { change, dossier in
      let track = try dossier.tracks.named(name)
      try dossier.etag(of: track).check(request.etag)
      let draft = try AssertionDraft(request.assertion, of: track)
      return try change.shown(try await change.assert(draft, of: track, dossier), dossier) { $0.show($1) }
    }
  }
}
