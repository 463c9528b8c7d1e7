/// Answers a method that a service of the gateway's own does not have.
final class NoSuchMethod: Responder {
  func received(_ message: [UInt8], _ call: AnsweredCall) {
    call.refuse(.unknownMethod)
  }

  func requestEnded(_ call: AnsweredCall) {
    call.refuse(.unknownMethod)
  }

  func callEnded() {}
}
