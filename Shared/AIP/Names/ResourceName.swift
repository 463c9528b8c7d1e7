/// A typed resource name.
package protocol ResourceName: Sendable, Hashable, CustomStringConvertible {
  static var pattern: ResourceNamePattern { get }

  /// Nil when an id is not of the kind that the resource uses. `ids` has one element for each collection.
  init?(ids: [Substring])
}

extension ResourceName {
  /// Reads a name.
  ///
  /// Throws INVALID_ARGUMENT (INVALID_RESOURCE_NAME) that names `field` when the text is not of this form.
  package init(parsing text: String, field: String = "name") throws(ServiceError) {
    guard let ids = Self.pattern.ids(in: text), let name = Self(ids: ids) else {
      throw .invalid(
        field,
        "must be of the form \(Self.pattern.text)",
        reason: .invalidResourceName,
        metadata: ["expected": Self.pattern.text]
      )
    }
    self = name
  }
}
