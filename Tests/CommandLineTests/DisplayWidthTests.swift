import Testing

@testable import CommandLineClient

@Suite("Display width")
struct DisplayWidthTests {
  @Test(
    "counts columns of a terminal",
    arguments: [
      ("", 0),
      ("MINUSMA", 7),
      ("Côte d’Ivoire", 13),
      ("Co\u{302}te", 4),  // a combining circumflex
      ("联合国", 6),
      ("ＵＮ", 4),
      ("한국", 4),
      ("Ελλάδα", 6),
      ("السودان", 7),
      ("سُودان", 5),  // with a vowel mark
      ("👍", 2),
      ("👩‍👩‍👧", 2),  // one family, joined
      ("❤️", 2),  // emoji presentation by selector
      ("🇫🇷", 2),
      ("a\u{200B}b", 2),  // zero width space
    ]
  )
  func width(_ text: String, _ columns: Int) {
    #expect(text.displayWidth == columns)
  }

  @Test(
    "cuts to a width with an ellipsis",
    arguments: [
      ("MINUSMA", 7, "MINUSMA"),
      ("MINUSMA", 6, "MINUS…"),
      ("联合国", 5, "联合…"),
      ("联合国", 4, "联…"),  // half of an ideograph is none
      ("abc", 1, "…"),
    ]
  )
  func cut(_ text: String, _ width: Int, _ cut: String) {
    #expect(text.cut(toDisplayWidth: width) == cut)
    #expect(text.cut(toDisplayWidth: width).displayWidth <= width)
  }
}
