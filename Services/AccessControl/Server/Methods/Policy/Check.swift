import AIP
import GRPCCore
import Policy
import VigilAccessAPI

extension PolicyService {
  func check(request: PBCheckRequest, context: ServerContext) async throws -> PBCheckResponse {
    let question = try Question(request)
    return try answer(question, try await material([question]))
  }

  func answer(_ question: Question, _ material: Material) throws(ServiceError) -> PBCheckResponse {
    guard let request = material.request(question) else {
      throw .notFound(
        type: "vigil.un.org/Principal", name: question.principal.map { PrincipalName($0).description } ?? "")
    }
    let decision = material.evaluator.decide(request)
    guard material.isTold(question, decision) else { return PBCheckResponse(unseen: decision.policyVersion) }
    var response = PBCheckResponse(decision, of: request.context.subject.party, tellsAll: material.tellsAll)
    if decision.obligations.contains(.recordGrantUse) {
      response.usedGrants = material.evaluator.usedGrants(request).map { GrantName($0).description }
    }
    return response
  }
}
