import AIP

/// `assistanceRequests/{assistance_request}` and the like.
struct AssistanceName<Message: AssistanceMessage>: ResourceName {
  static var pattern: ResourceNamePattern { Message.pattern }
  let id: RecordID

  init(_ id: RecordID) { self.id = id }

  init?(ids: [Substring]) {
    guard let id = RecordID(ids[0]) else { return nil }
    self.init(id)
  }

  var description: String { Self.pattern.name(id.description) }
}

extension ServiceError {
  /// NOT_FOUND for a record of the register of assistance, whether it is not there or the caller may not know of it.
  static func notFound<Message>(_ name: AssistanceName<Message>) -> ServiceError {
    .notFound(type: "vigil.un.org/" + Message.type, name: name.description)
  }
}
