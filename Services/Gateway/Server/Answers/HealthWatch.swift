import GRPCHealthAPI
import SwiftProtobuf

/// `Watch`: the status of one service now, and again whenever it changes.
final class HealthWatch: Responder {
  private let worker: Worker
  private var service: String?
  private var told: SystemHealth.Status?
  private var call: AnsweredCall?

  init(worker: Worker) {
    self.worker = worker
  }

  func received(_ message: [UInt8], _ call: AnsweredCall) {
    guard service == nil, let question = try? Grpc_Health_V1_HealthCheckRequest(serializedBytes: message) else {
      return call.refuse(.badMessage)
    }
    self.call = call
    service = question.service
    worker.watchers[ObjectIdentifier(self)] = self
    healthMayHaveChanged()
  }

  func requestEnded(_ call: AnsweredCall) {
    if service == nil { call.refuse(.badMessage) }
  }

  func callEnded() {
    worker.watchers[ObjectIdentifier(self)] = nil
    call = nil
  }

  func healthMayHaveChanged() {
    guard let service else { return }
    let status = worker.health.status(of: service) ?? .serviceUnknown
    guard status != told else { return }
    told = status
    if let answer: [UInt8] = try? Grpc_Health_V1_HealthCheckResponse.with({ $0.status = status }).serializedBytes() {
      call?.send(answer)
    }
  }

  /// The gateway is going away.
  func end() {
    healthMayHaveChanged()
    call?.refuse(.shuttingDown)
  }
}
