import AIP
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

extension PolicyService {
  func batchCheck(request: PBBatchCheckRequest, context: ServerContext) async throws -> PBBatchCheckResponse {
    guard (1...1000).contains(request.requests.count) else {
      throw ServiceError.invalid("requests", "must be 1 to 1,000")
    }
    let questions = try request.requests.map { message throws(ServiceError) in try Question(message) }
    let material = try await material(questions)
    var response = PBBatchCheckResponse()
    for question in questions { response.responses.append(try answer(question, material)) }
    return response
  }
}
