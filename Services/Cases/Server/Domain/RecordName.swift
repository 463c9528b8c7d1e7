import AIP
import Records

/// A resource that has a collection of its own.
protocol NamedMessage: ResourceMessage {
  static var pattern: ResourceNamePattern { get }
  /// The contract's name of the type of resource.
  static var type: String { get }
}

/// `assistanceRequests/{assistance_request}` and the like.
struct RecordName<Message: NamedMessage>: ResourceName {
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
  /// NOT_FOUND for a record, whether it is not there or the caller may not know of it.
  static func notFound<Message>(_ name: RecordName<Message>) -> ServiceError {
    .notFound(type: "vigil.un.org/" + Message.type, name: name.description)
  }
}
