import AIP
import Authorization
import GRPCCore
import Postgres
import VigilCasesAPI

extension FocalPointService {
  func acknowledgeHandover(
    request: PBAcknowledgeHandoverRequest, context: ServerContext
  ) async throws -> PBFocalPoint {
    let name = try FocalPointName(parsing: request.name)
    return try await change(request, context) { reader, tenures in
      // Nobody else can say that what was handed over has arrived.
      guard try tenures.named(name).principal == reader.requester.principal else { throw ServiceError.refused }
    } _: { change, tenures in
      do {
        let tenure = try tenures.named(name).acknowledged(at: change.now)
        try await change.transaction.execute(UpdateTenure(tenure: tenure))
        return tenure
      } catch let refusal as TenureRefusal {
        throw ServiceError(refusal)
      }
    }
  }
}
