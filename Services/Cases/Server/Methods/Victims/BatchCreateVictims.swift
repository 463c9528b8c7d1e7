import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension VictimService {
  func batchCreateVictims(
    request: PBBatchCreateVictimsRequest, context: ServerContext
  ) async throws -> PBBatchCreateVictimsResponse {
    // Who may not call is not told what a request must be; who asks for too much has it read no further.
    _ = try await ledger.gate.readers.current()
    guard (1...1000).contains(request.victims.count) else {
      throw ServiceError.invalid("victims", "must be 1 to 1,000")
    }
    let name = try CaseName(parsing: request.parent, field: "parent")
    let classes = request.victims.reduce([] as DataClassSet) { $0.union(Victim.classes(of: $1)) }
    return try await ledger.record(request, asking: name, for: .write, classes, context) { change, dossier in
      let names = request.victims.indices.map { "victims[\($0)]" }
      var response = PBBatchCreateVictimsResponse()
      response.victims = try await change.add(request.victims, as: names, dossier.head)
      return response
    }
  }
}
