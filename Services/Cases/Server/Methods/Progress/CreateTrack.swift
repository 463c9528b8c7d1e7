import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension ProgressService {
  func createTrack(
    request: PBCreateTrackRequest, context: ServerContext
  ) async throws -> PBTrack {
    let name = try CaseName(parsing: request.parent, field: "parent")
    return try await ledger.record(request, asking: name, for: .write, [.hostProgress], context) { change, dossier in
      let track = try await change.add(track: try Track(request.track, change, dossier), dossier)
      return try change.shown(track, dossier) { $0.show($1) }
    }
  }
}
