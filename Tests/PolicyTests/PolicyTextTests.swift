import Policy
import Testing

@Suite struct PolicyTextTests {
  @Test func theStandardPolicyReadsAndItsCanonicalTextIsTheSamePolicy() throws {
    let policy = try Policy.standard()
    let text = policy.canonicalText
    #expect(try Policy(text: text) == policy)
    #expect(try Policy(text: text).canonicalText == text)
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
    #expect(!text.contains("  ") && !text.contains(" \n") && text.hasSuffix("\n"))
  }

  @Test func theOrderOfLinesAndColumnsAndRemarksMakeNoDifference() throws {
    let policy = try Policy.standard()
    let lines = policy.canonicalText.split(separator: "\n").map(String.init)
    let shuffled = lines.reversed().map { "  \($0.replacing(" ", with: " \t "))  # why" }.joined(separator: "\r\n")
    #expect(try Policy(text: shuffled) == policy)
  }

  @Test func columnsInAnotherOrderAreTheSameMatrix() throws {
    let policy = try Policy.standard()
    var text = ""
    for line in policy.canonicalText.split(separator: "\n") {
      let words = line.split(separator: " ")
      switch words[0] {
      case "matrix": text += "matrix " + words.dropFirst().reversed().joined(separator: " ")
      case "row": text += "row \(words[1]) " + words.dropFirst(2).reversed().joined(separator: " ")
      default: text += line
      }
      text += "\n"
    }
    #expect(try Policy(text: text) == policy)
  }

  /// A change of the text and what is said of it.
  static let mistakes: [(String, String, PolicyTextError.Kind)] = [
    ("policy 1", "polity 1", .unknownStatement),
    ("policy 1", "policy one", .unexpectedWord("one")),
    ("policy 1", "policy 9999999999", .unexpectedWord("9999999999")),
    ("policy 1", "policy", .missing("version")),
    ("policy 1", "policy 1 2", .unexpectedWord("2")),
    ("policy 1", "", .incomplete("policy")),
    ("policy 1", "policy 1\npolicy 2", .repeated("policy")),
    ("reader HQ   by role", "reader HQ by hat HOST at", .missing("moment")),
    ("reader HQ   by role", "reader HQ by birth", .unexpectedWord("birth")),
    ("reader HQ   by role", "", .incomplete("HQ")),
    ("reader HQ   by role", "reader HQ by role\nreader HQ by role", .repeated("HQ")),
    ("reader AUD  by role for AUDIT", "reader AUD by role for FUN", .unexpectedWord("FUN")),
    ("summary GENERALISE         denied DROP", "summary GENERALISE denied MASK", .deniedShows(.core)),
    ("summary PSEUDONYM          denied DROP", "summary PSEUDONIM denied DROP", .unexpectedWord("PSEUDONIM")),
    ("matrix                HQ ", "matrix LEG ", .repeated("LEG")),
    ("row CORE              W ", "row CORE W W ", .wrongNumberOfCells(14)),
    ("row CORE              W ", "row CORE X ", .unexpectedWord("X")),
    ("row CORE              W ", "row CORE R@mine ", .unexpectedWord("R@mine")),
    ("row CORE              W ", "row CORE R!SOMETIMES ", .unexpectedWord("R!SOMETIMES")),
    ("row CORE              W ", "row CORE R+ ", .unexpectedWord("R+")),
    ("row CORE              W ", "row EXACT W ", .repeated("EXACT")),
    (
      "caveat OPSEC              caps EXACT=GENERALISE", "caveat OPSEC caps EXACT=NOTHING",
      .unexpectedWord("EXACT=NOTHING")
    ),
    ("by hat HOST", "by hat IMPLICATED", .implicationGivesNoRight(.hostState)),
    ("exclusive AUD ADM", "exclusive AUD", .operatorIsNotAlone),
    ("emergency readers DSS", "emergency readers ADM DSS", .operatorIsNotAlone),
    ("delegable HQ", "delegable AUD HQ", .exclusiveIsDelegable([.auditor])),
    ("lockdown except HQ LEG", "lockdown HQ LEG", .unexpectedWord("HQ")),
    ("hours 4 notices 2", "hours 4", .missing("notices")),
    ("sharing HQ LEG", "sharing HQ KGB", .unexpectedWord("KGB")),
  ]

  @Test(arguments: mistakes.indices) func aMistakeIsNamed(_ index: Int) throws {
    let (old, new, kind) = Self.mistakes[index]
    let text = Policy.standardText
    #expect(text.contains(old))
    let error = #expect(throws: PolicyTextError.self) {
      _ = try Policy(text: text.replacing(old, with: new, maxReplacements: 1))
    }
    #expect(error?.kind == kind)
  }

  @Test func theLineOfAMistakeIsTold() throws {
    let error = #expect(throws: PolicyTextError.self) { _ = try Policy(text: "policy 1\n\n# fine\nwrong\n") }
    #expect(error == PolicyTextError(.unknownStatement, line: 4))
    #expect(error?.description == "line 4: unknownStatement")
  }

  @Test func noPolicyCanBeWrittenThatShowsAnOperatorAnything() throws {
    for right in ["W", "P", "R", "S", "G", "O", "R@own"] {
      var policy = try Policy.standard()
      policy.matrix[Int(DataClass.witness.rawValue)][Int(ReaderClass.systemOperator.rawValue)] =
        try #require(Cell(right))
      let error = #expect(throws: PolicyTextError.self) { _ = try Policy(text: policy.canonicalText) }
      #expect(error?.kind == .operatorMayOnlyVerify(.witness))
    }
  }

  @Test func noPolicyMayBothWaitForTheNextOfKinAndNotWait() throws {
    var policy = try Policy.standard()
    policy.embargoes[Int(EmbargoKind.nextOfKin.rawValue)].exempt.insert(.hostState)
    let error = #expect(throws: PolicyTextError.self) { _ = try Policy(text: policy.canonicalText) }
    #expect(error?.kind == .contradictsEmbargo(.victimIdentity, .hostState))
  }

  @Test func bytesThatAreNoPolicyAreRefusedAndNeverCrash() {
    var random = SplitMix(seed: 7)
    let words =
      Policy.standardText.split(separator: " ").map(String.init) + ["\n", "@own", "!", "=", "\u{0}", "é", "#"]
    for _ in 0..<300 {
      let text = (0..<Int.random(in: 0..<200, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
      #expect(throws: PolicyTextError.self) { _ = try Policy(text: text.joined(separator: " ")) }
    }
  }
}
