/// Identifies a stream of one connection (RFC 9113 section 5.1.1); 0 is the connection itself.
package struct HTTP2StreamID: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let rawValue: Int32

  @inlinable
  package init(_ rawValue: Int32) {
    self.rawValue = rawValue
  }

  package static let connection = HTTP2StreamID(0)

  package static func < (lhs: Self, rhs: Self) -> Bool {
    lhs.rawValue < rhs.rawValue
  }

  package var description: String { String(self.rawValue) }
}
