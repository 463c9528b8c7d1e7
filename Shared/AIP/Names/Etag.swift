internal import GRPCCore

/// The version of a resource (AIP-154), made from its revision number.
package struct Etag: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  package init(revision: Int64) {
    description = "\"" + String(revision, radix: 36) + "\""
  }

  /// Throws ABORTED (ETAG_MISMATCH) when `presented` is neither empty nor this etag.
  package func check(_ presented: String) throws(ServiceError) {
    guard presented.isEmpty || presented == description else {
      throw ServiceError(.aborted, .etagMismatch, "the resource has changed since it was read")
    }
  }
}
