// The width that text takes on a terminal: Unicode's East Asian Width (UAX #11), emoji presentation
// (UTS #51) and marks that combine with what they follow.

extension String {
  /// Columns that the text takes.
  var displayWidth: Int {
    reduce(0) { $0 + $1.displayWidth }
  }

  /// The text, or as much of its beginning as fits with an ellipsis in `width` columns (at least 1).
  func cut(toDisplayWidth width: Int) -> String {
    guard displayWidth > width else { return self }
    var cut = ""
    var used = 0
    for character in self {
      let next = character.displayWidth
      guard used + next <= width - 1 else { break }
      cut.append(character)
      used += next
    }
    return cut + "…"
  }
}

extension Character {
  /// Columns that the character takes: 0, 1 or 2.
  var displayWidth: Int {
    let scalars = unicodeScalars
    if scalars.contains(where: { $0 == "\u{FE0F}" }) || scalars.contains(where: \.isWide) { return 2 }
    return scalars.contains { !$0.isZeroWidth } ? 1 : 0
  }
}

extension Unicode.Scalar {
  fileprivate var isZeroWidth: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  fileprivate var isWide: Bool {
    guard value >= 0x1100 else { return false }
    return properties.isEmojiPresentation || Self.wideRanges.contains { $0.contains(value) }
  }

  /// East Asian Wide and Fullwidth, as ranges of assigned blocks.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F,  // Hangul Jamo, leading consonants
    0x2329...0x232A,  // angle brackets
    0x2E80...0x303E,  // CJK radicals, Kangxi, CJK punctuation
    0x3041...0x33FF,  // Hiragana to CJK compatibility
    0x3400...0x4DBF,  // CJK extension A
    0x4E00...0x9FFF,  // CJK unified ideographs
    0xA000...0xA4CF,  // Yi
    0xA960...0xA97F,  // Hangul Jamo extended A
    0xAC00...0xD7A3,  // Hangul syllables
    0xF900...0xFAFF,  // CJK compatibility ideographs
    0xFE10...0xFE19,  // vertical forms
    0xFE30...0xFE6F,  // CJK compatibility and small forms
    0xFF01...0xFF60,  // fullwidth forms
    0xFFE0...0xFFE6,  // fullwidth signs
    0x16FE0...0x18DFF,  // Tangut, Khitan
    0x1AFF0...0x1B2FF,  // Kana supplements, Nushu
    0x20000...0x3FFFD,  // CJK extensions B and on
  ]
}
