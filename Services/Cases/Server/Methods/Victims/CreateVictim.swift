import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension VictimService {
  func createVictim(request: PBCreateVictimRequest, context: ServerContext) async throws -> PBVictim {
    let name = try CaseName(parsing: request.parent, field: "parent")
    let classes = Victim.classes(of: request.victim)
    return try await ledger.record(request, asking: name, for: .write, classes, context) { change, dossier in
      let added = try await change.add([request.victim], as: ["victim"], dossier.head)
      return added[0]
    }
  }
}
