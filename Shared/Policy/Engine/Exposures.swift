/// How much is shown of each data class in records of each standing.
///
/// Policies cannot be written so that another's record shows more than one's own: `others` is always within `released`,
/// and that within `own`.
struct Exposures: Hashable, Sendable {
  var own: Exposure
  var released: Exposure
  var others: Exposure

  static let nothing = Exposures(.nothing)
  static let everything = Exposures(.everything)

  init(_ exposure: Exposure) {
    own = exposure
    released = exposure
    others = exposure
  }

  init(own: Exposure, released: Exposure, others: Exposure) {
    self.own = own
    self.released = released
    self.others = others
  }

  @inline(__always)
  subscript(standing: Standing) -> Exposure {
    switch standing {
    case .own: own
    case .released: released
    case .others: others
    }
  }

  @inline(__always)
  static func | (left: Exposures, right: Exposures) -> Exposures {
    Exposures(
      own: left.own | right.own, released: left.released | right.released, others: left.others | right.others)
  }

  @inline(__always)
  static func & (left: Exposures, right: Exposures) -> Exposures {
    Exposures(
      own: left.own & right.own, released: left.released & right.released, others: left.others & right.others)
  }

  @inline(__always)
  static func - (left: Exposures, right: Exposures) -> Exposures {
    Exposures(
      own: left.own - right.own, released: left.released - right.released, others: left.others - right.others)
  }

  @inline(__always)
  static func |= (left: inout Exposures, right: Exposures) { left = left | right }

  @inline(__always)
  static func & (left: Exposures, right: Exposure) -> Exposures { left & Exposures(right) }

  @inline(__always)
  static func &= (left: inout Exposures, right: Exposures) { left = left & right }
}
