import GRPCReflectionAPI
import RPC
import SwiftProtobuf

/// One reflection stream over the whole system: each question is answered from the gateway's own descriptors, or by
/// the instance that knows. Questions are answered in order, one at a time.
///
/// The messages of v1 and v1alpha are the same on the wire, so one answers for both.
final class SystemReflection: Responder {
  typealias Request = Grpc_Reflection_V1_ServerReflectionRequest
  typealias Response = Grpc_Reflection_V1_ServerReflectionResponse

  private static let questionLimit = 100

  private let worker: Worker
  private var own: ReflectionConversation
  private var questions: [Request] = []
  private var current: ReflectionQuestion?
  private var hasEnded = false

  init(worker: Worker) {
    self.worker = worker
    self.own = ReflectionConversation(catalog: worker.core.reflection)
  }

  func received(_ message: [UInt8], _ call: AnsweredCall) {
    guard let question = try? Request(serializedBytes: message) else { return call.refuse(.badMessage) }
    guard questions.count < Self.questionLimit else { return call.refuse(.rateLimited) }
    questions.append(question)
    answerNext(call)
  }

  func requestEnded(_ call: AnsweredCall) {
    hasEnded = true
    answerNext(call)
  }

  func callEnded() {
    current?.cancel()
    current = nil
    questions = []
  }

  private func answerNext(_ call: AnsweredCall) {
    guard current == nil else { return }
    guard !questions.isEmpty else {
      if hasEnded { call.succeed() }
      return
    }
    let question = questions.removeFirst()
    guard let answer = try? own.answer(question) else { return call.refuse(.badResponse) }
    let asked = ReflectionQuestion(question, ownAnswer: answer, worker: worker) { [weak self] answer in
      guard let self, let bytes: [UInt8] = try? answer.serializedBytes() else { return }
      self.current = nil
      call.send(bytes)
      self.answerNext(call)
    }
    current = asked
    asked.ask()
  }
}
