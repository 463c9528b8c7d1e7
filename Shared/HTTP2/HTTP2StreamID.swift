/// Identifies a stream of one connection (RFC 9113 section 5.1.1); 0 is the connection itself.
public struct HTTP2StreamID: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let rawValue: Int32

  @inlinable
  public init(_ rawValue: Int32) {
    self.rawValue = rawValue
  }

  public static let connection = HTTP2StreamID(0)

  public static func < (lhs: Self, rhs: Self) -> Bool {
    lhs.rawValue < rhs.rawValue
  }

  public var description: String { String(self.rawValue) }
}
