import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilAccessAPI

extension PolicyService {
  func explain(request: PBExplainRequest, context: ServerContext) async throws -> PBExplainResponse {
    let question = try Question(request.check)
    let material = try await material([question])
    // An explanation names caveats and grants.
    try material.visitor.require(material.tellsAll)
    guard material.facts[question.caseID] != nil else {
      throw ServiceError.notFound(type: "vigil.un.org/Case", name: request.check.case)
    }
    let answer = try answer(question, material)
    guard let decided = material.request(question) else { throw ServiceError.refused }
    let explanation = material.evaluator.explain(decided)
    let text = explanation.description
    return .with {
      $0.check = answer
      $0.text = text
      $0.steps = text.split(separator: "\n").filter { $0.hasPrefix("- ") }.map { String($0.dropFirst(2)) }
    }
  }
}
