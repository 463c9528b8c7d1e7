/// The most that is shown of a data class: `EXACT=GENERALISE`, or, of records that are another's and not released,
/// `SUBMISSIONS@others=DROP`.
package struct Cap: Hashable, Sendable {
  package var dataClass: DataClass
  package var isForOthers: Bool
  package var transform: Transform

  package init(_ dataClass: DataClass, isForOthers: Bool = false, _ transform: Transform) {
    self.dataClass = dataClass
    self.isForOthers = isForOthers
    self.transform = transform
  }
}

extension Cap: CustomStringConvertible {
  package init?(_ text: some StringProtocol) {
    let sides = text.split(separator: "=", omittingEmptySubsequences: false)
    guard sides.count == 2, let transform = Transform(code: sides[1]) else { return nil }
    let isForOthers = sides[0].hasSuffix("@others")
    guard let dataClass = DataClass(code: isForOthers ? sides[0].dropLast(7) : sides[0]) else { return nil }
    self.init(dataClass, isForOthers: isForOthers, transform)
  }

  package var description: String {
    dataClass.code + (isForOthers ? "@others" : "") + "=" + transform.code
  }
}
