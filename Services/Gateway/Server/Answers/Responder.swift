/// What an ``AnsweredCall`` says: the messages of one call of a service of the gateway's own. Confined to the event
/// loop.
protocol Responder: AnyObject {
  /// A message has come. May answer now or later.
  func received(_ message: [UInt8], _ call: AnsweredCall)
  /// The client has no more messages.
  func requestEnded(_ call: AnsweredCall)
  /// The call is over, whoever ended it.
  func callEnded()
}
