import GRPCHealthAPI
import SwiftProtobuf

/// `Check` and `List`: one question, one answer.
final class HealthCheck: Responder {
  private let worker: Worker
  private let listsAll: Bool

  init(worker: Worker, listsAll: Bool) {
    self.worker = worker
    self.listsAll = listsAll
  }

  func received(_ message: [UInt8], _ call: AnsweredCall) {
    guard let answer = listsAll ? list() : check(message, call) else { return }
    call.send(answer)
    call.succeed()
  }

  func requestEnded(_ call: AnsweredCall) {
    // Reached only when no message came: the first one ends the call.
    call.refuse(.badMessage)
  }

  func callEnded() {}

  private func check(_ message: [UInt8], _ call: AnsweredCall) -> [UInt8]? {
    guard let question = try? Grpc_Health_V1_HealthCheckRequest(serializedBytes: message) else {
      call.refuse(.badMessage)
      return nil
    }
    guard let status = worker.health.status(of: question.service) else {
      call.refuse(.unknownService)
      return nil
    }
    return try? Grpc_Health_V1_HealthCheckResponse.with { $0.status = status }.serializedBytes()
  }

  private func list() -> [UInt8]? {
    try? Grpc_Health_V1_HealthListResponse.with { list in
      list.statuses = worker.health.all.mapValues { status in .with { $0.status = status } }
    }.serializedBytes()
  }
}
