/// How much is shown of each data class, for all sixteen at once.
///
/// One bit for each class and each transform above ``Transform/absent``: bit `16 * (transform - 1) + class` is set when
/// at least that much is shown. In this (unary) code the union of two rights is `or` and a cap is `and`, whatever the
/// number of classes, and a condition on rows speaks of one bit.
struct Exposure: Hashable, Sendable {
  var bits: UInt128

  static let nothing = Exposure(bits: 0)
  static let everything = Exposure(bits: .max)

  /// The lowest bit of each plane of sixteen.
  private static let planes: UInt128 = 0x0001_0001_0001_0001_0001_0001_0001_0001

  init(bits: UInt128) { self.bits = bits }

  /// The classes at the transform.
  init(_ classes: DataClassSet, _ transform: Transform) {
    let upTo: UInt128 = transform == .clear ? .max : (1 << (16 * UInt128(transform.rawValue))) - 1
    bits = Self.planes &* UInt128(classes.rawValue) & upTo
  }

  /// How much is shown of a class.
  @inline(__always)
  func transform(_ dataClass: DataClass) -> Transform {
    let shown = (bits &>> UInt128(dataClass.rawValue)) & Self.planes
    // The code has no gaps: the highest bit says how many there are.
    return Transform(rawValue: UInt8(truncatingIfNeeded: (143 - shown.leadingZeroBitCount) >> 4)) ?? .absent
  }

  @inline(__always)
  func shows(_ dataClass: DataClass, atLeast transform: Transform) -> Bool {
    transform == .absent || meets(Self.bit(dataClass, transform))
  }

  /// The bit that says that at least so much of a class is shown; the transform is above ``Transform/absent``.
  @inline(__always)
  static func bit(_ dataClass: DataClass, _ transform: Transform) -> Exposure {
    Exposure(bits: 1 &<< UInt128(16 &* (transform.rawValue &- 1) &+ dataClass.rawValue))
  }

  @inline(__always)
  func meets(_ other: Exposure) -> Bool { bits & other.bits != 0 }

  /// The classes of which at least so much is shown.
  @inline(__always)
  func classes(atLeast transform: Transform) -> DataClassSet {
    guard transform != .absent else { return .all }
    return DataClassSet(rawValue: UInt16(truncatingIfNeeded: bits >> (16 * UInt128(transform.rawValue - 1))))
  }

  @inline(__always)
  static func | (left: Exposure, right: Exposure) -> Exposure { Exposure(bits: left.bits | right.bits) }

  @inline(__always)
  static func & (left: Exposure, right: Exposure) -> Exposure { Exposure(bits: left.bits & right.bits) }

  /// What the left shows and the right does not.
  @inline(__always)
  static func - (left: Exposure, right: Exposure) -> Exposure { Exposure(bits: left.bits & ~right.bits) }
}
