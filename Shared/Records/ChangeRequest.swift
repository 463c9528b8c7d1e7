package import SwiftProtobuf

/// A request that changes something.
package protocol ChangeRequest: SwiftProtobuf.Message {
  var reason: String { get }
  var requestID: String { get set }
  /// Whether nothing is to be kept.
  var isRehearsal: Bool { get }
}

extension ChangeRequest {
  package var isRehearsal: Bool { false }
}

/// A resource.
package protocol ResourceMessage: SwiftProtobuf.Message {
  var name: String { get set }
}
