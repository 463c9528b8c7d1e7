/// The fields that an update writes (AIP-134, AIP-161).
package struct FieldMask: Hashable, Sendable {
  /// The paths, all of them known.
  package let paths: Set<String>

  /// Checks a request's mask. An empty one stands for the fields that the request fills, `populated`; `*` for all.
  ///
  /// Throws INVALID_ARGUMENT (INVALID_FIELD_MASK) for a path that is not in `writable`.
  package init(
    _ requested: [String],
    populated: Set<String>,
    writable: Set<String>,
    field: String = "update_mask"
  ) throws(ServiceError) {
    if requested.isEmpty {
      paths = populated.intersection(writable)
    } else if requested == ["*"] {
      paths = writable
    } else {
      for path in requested where !writable.contains(path) {
        throw .invalid(
          field, "has a path that cannot be written", reason: .invalidFieldMask,
          metadata: [
            "path": String(path.prefix(64))
          ])
      }
      paths = Set(requested)
    }
  }
}
