import AIP
import SwiftProtobuf

/// A field of a resource, and who sets and sees it.
struct RegisterField<Message>: Sendable {
  /// In how full an account it is shown: in a summary, in one as well but coarser, or only in the whole.
  enum Extent: Sendable {
    case summary, coarse, whole
  }

  let name: String
  let extent: Extent
  /// Whether it can be changed once it is on record.
  let isFixed: Bool
  let copy: @Sendable (inout Message, Message) -> Void

  init(
    _ name: String, _ extent: Extent = .whole, isFixed: Bool = false,
    _ copy: @escaping @Sendable (inout Message, Message) -> Void
  ) {
    self.name = name
    self.extent = extent
    self.isFixed = isFixed
    self.copy = copy
  }
}

extension RegisterField where Message: SwiftProtobuf.Message & Equatable {
  /// The fields that an update writes.
  ///
  /// - Throws: INVALID_ARGUMENT for a path that is none of a field that can be changed.
  static func mask(
    _ paths: [String], of message: Message, in fields: [RegisterField]
  ) throws(ServiceError) -> [RegisterField] {
    let free = fields.filter { !$0.isFixed }
    let filled = free.filter { field in
      var alone = Message()
      field.copy(&alone, message)
      return alone != Message()
    }
    let mask = try FieldMask(paths, populated: Set(filled.map(\.name)), writable: Set(free.map(\.name)))
    return free.filter { mask.paths.contains($0.name) }
  }
}
