/// A set of words of one vocabulary, as bits; bit n stands for raw value n.
package struct CodeSet<Element: PolicyCode>: Hashable, Sendable {
  package var rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }

  package init(_ elements: some Sequence<Element>) {
    rawValue = elements.reduce(0) { $0 | Self.bit($1) }
  }

  /// Every word of the vocabulary: they are numbered from 0.
  package static var all: CodeSet { CodeSet(rawValue: .max >> UInt16(16 - Element.allCases.count)) }

  package var isEmpty: Bool { rawValue == 0 }

  package func contains(_ element: Element) -> Bool { rawValue & Self.bit(element) != 0 }

  package mutating func insert(_ element: Element) { rawValue |= Self.bit(element) }

  package mutating func remove(_ element: Element) { rawValue &= ~Self.bit(element) }

  package func union(_ other: CodeSet) -> CodeSet { CodeSet(rawValue: rawValue | other.rawValue) }

  package func intersection(_ other: CodeSet) -> CodeSet { CodeSet(rawValue: rawValue & other.rawValue) }

  package func subtracting(_ other: CodeSet) -> CodeSet { CodeSet(rawValue: rawValue & ~other.rawValue) }

  package func isSubset(of other: CodeSet) -> Bool { rawValue & ~other.rawValue == 0 }

  private static func bit(_ element: Element) -> UInt16 { 1 << UInt16(element.rawValue) }
}

extension CodeSet: Sequence {
  /// Gives the elements in the order of their numbers.
  package struct Iterator: IteratorProtocol {
    var rest: UInt16

    package mutating func next() -> Element? {
      while rest != 0 {
        let number = UInt8(truncatingIfNeeded: rest.trailingZeroBitCount)
        rest &= rest &- 1
        if let element = Element(rawValue: number) { return element }
      }
      return nil
    }
  }

  package func makeIterator() -> Iterator { Iterator(rest: rawValue) }
}

extension CodeSet: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: Element...) { self.init(elements) }
}

extension CodeSet: CustomStringConvertible {
  /// The codes with blanks between them.
  package var description: String { map(\.code).joined(separator: " ") }
}
