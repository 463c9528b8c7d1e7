extension Exposures {
  /// The most that the caps leave.
  init(_ caps: [Cap]) {
    self = caps.reduce(.everything) { limit, cap in
      // Everything of the other classes, and of this one up to the transform.
      let left =
        Exposure(DataClassSet.all.subtracting([cap.dataClass]), .clear) | Exposure([cap.dataClass], cap.transform)
      return cap.isForOthers
        ? Exposures(own: limit.own, released: limit.released, others: limit.others & left) : limit & left
    }
  }
}
