import Testing

@testable import CommandLineClient

@Suite("Text table")
struct TextTableTests {
  private func table(_ rows: [[String]]) -> TextTable {
    var table = TextTable(header: [("NAME", .left), ("COUNT", .right), ("NOTE", .left)])
    for row in rows { table.append(row) }
    return table
  }

  @Test("aligns by what is seen, marks what is missing, leaves no spaces at the end")
  func alignment() {
    let text = table([["MINUSMA", "7", "x"], ["联合国", "128", ""], ["", "", "y"]]).text()
    #expect(
      text == """
        NAME     COUNT  NOTE
        MINUSMA      7  x
        联合国     128  -
        -            -  y

        """
    )
  }

  @Test("has a header alone when there are no rows")
  func empty() {
    #expect(table([]).text() == "NAME  COUNT  NOTE\n")
  }

  @Test("keeps a record in one line and a terminal in peace")
  func controls() {
    #expect(table([["a\nb", "1", "\u{1B}[31mred"]]).text().split(separator: "\n").last == "a b       1   [31mred")
  }

  @Test("takes room from the widest columns first")
  func fitting() {
    let text = table([["short", "1", "a note that is much too long for the line"]]).text(fitting: 30)
    #expect(
      text == """
        NAME   COUNT  NOTE
        short      1  a note that is …

        """
    )
  }

  @Test("gives up narrowing before columns become useless")
  func narrow() {
    let text = table([["a long name here", "1", "a long note here"]]).text(fitting: 5)
    #expect(text.split(separator: "\n").last == "a long …      1  a long …")
  }
}
