/// Where a list goes on, and which list it is: what a page token holds.
package struct PageCursor: Hashable, Sendable {
  /// The sort key of the last resource returned, in the service's own encoding.
  package var key: [UInt8]
  /// Identifies the method, the parent, the filter and the order.
  package var query: QueryDigest

  package init(key: [UInt8], query: QueryDigest) {
    self.key = key
    self.query = query
  }
}
