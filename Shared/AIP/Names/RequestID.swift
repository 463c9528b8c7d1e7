/// The id by which a repeated request is known (AIP-155).
package struct RequestID: Hashable, Sendable {
  package let id: RecordID

  /// Nil when the field is empty: the caller asks for no replay.
  ///
  /// Throws INVALID_ARGUMENT (INVALID_REQUEST_ID) unless the text is a version 4 UUID in lower case.
  package init?(_ text: String, field: String = "request_id") throws(ServiceError) {
    if text.isEmpty { return nil }
    guard let id = RecordID(text), id.version == 4, id.isStandardVariant else {
      throw .invalid(field, "must be a version 4 UUID in lower case", reason: .invalidRequestID)
    }
    self.id = id
  }
}
