import Policy
import Testing

@Suite struct VocabularyTests {
  @Test(arguments: ["K", "KEN", "AU", "minusma", "unsecretariat", "ABCDEFGH", "ABCDEFGHI", "A.b-c_9876543210"])
  func aPartyIsItsText(_ text: String) throws {
    #expect(try Scenario.party(text).description == text)
  }

  @Test(arguments: ["", "ABCDEFGHIJKLMNOPQ", "KE N", "KEN\0", "é", "KEN;", "'", "\u{FF2B}EN"])
  func anythingElseIsNoParty(_ text: String) { #expect(PartyID(text) == nil) }

  @Test func differentTextsAreDifferentParties() {
    let texts = ["A", "AA", "AAA", "ABCDEFGH", "ABCDEFGHA", "ABCDEFGHAA", "aBCDEFGH", "B"]
    #expect(Set(texts.compactMap { PartyID($0) }).count == texts.count)
  }

  /// The numbers are stored and sent: this fails when one is moved.
  @Test func theNumbersOfTheVocabulariesStay() {
    func codes<Code: PolicyCode>(_: Code.Type) -> String {
      Code.allCases.map { "\($0.rawValue)\($0)" }.joined(separator: " ")
    }
    #expect(codes(ReaderClass.self) == "0HQ 1LEG 2DSS 3MFP 4SFP 5HST 6TPC 7NAT 8TRD 9REG 10SCM 11AUD 12ADM")
    #expect(
      codes(DataClass.self)
        == """
        0CORE 1EXACT 2VICTIM_ATTRIBUTES 3VICTIM_IDENTITY 4KIN_MEDICAL 5SUSPECT_IDENTITY 6WITNESS 7EVIDENCE_REGISTER \
        8EVIDENCE_CONTENT 9PRIVILEGED 10COMMUNICATIONS 11HOST_PROGRESS 12SUBMISSIONS 13ASSISTANCE 14AGGREGATES 15AUDIT
        """)
    #expect(
      codes(HatKind.self) == "0MISSION 1HOST 2CONTRIBUTOR 3NATIONALITY 4FORUM 5BRIEFING 6IMPLICATED")
    #expect(codes(Classification.self) == "0UNCLASSIFIED 1CONFIDENTIAL 2STRICTLY_CONFIDENTIAL")
    #expect(
      codes(Caveat.self)
        == """
        0NOK_EMBARGO 1WITNESS 2SGBV 3MEDICAL 4OPSEC 5ORCON 6JUDICIAL_SECRECY 7LEGAL_PRIVILEGE 8DEATH_PENALTY_RISK \
        9HOSTAGE_ONGOING 10MINOR 11COI
        """)
    #expect(codes(EmbargoKind.self) == "0NEXT_OF_KIN 1RELEASE")
  }

  @Test func codesReadBack() {
    func readBack<Code: PolicyCode>(_: Code.Type) {
      for code in Code.allCases { #expect(Code(code: code.code) == code) }
      #expect(Code(code: "NO_SUCH") == nil)
      #expect(Set(Code.allCases.map(\.code)).count == Code.allCases.count)
      #expect(Code.allCases.count <= 16)
      #expect(Code.allCases.map(\.rawValue).elementsEqual(0..<UInt8(Code.allCases.count)))
    }
    readBack(ReaderClass.self)
    readBack(DataClass.self)
    readBack(Transform.self)
    readBack(Reason.self)
    readBack(Purpose.self)
    readBack(GrantCondition.self)
    readBack(Action.self)
    readBack(Right.self)
    readBack(RightCondition.self)
    readBack(HatMoment.self)
  }

  @Test func setsAreSets() {
    var set: CaveatSet = [.minor, .witness]
    #expect(Array(set) == [.witness, .minor])
    #expect(set.description == "WITNESS MINOR")
    set.insert(.orcon)
    set.remove(.minor)
    #expect(set == [.orcon, .witness])
    #expect(set.subtracting([.orcon]) == [.witness])
    #expect(set.intersection([.orcon, .opsec]) == [.orcon])
    #expect(set.isSubset(of: .all) && !set.isSubset(of: [.orcon]))
    #expect(Array(CaveatSet.all) == Caveat.allCases)
    // Bits that no word stands for are passed over.
    #expect(Array(CodeSet<EmbargoKind>(rawValue: 0b1010)) == [.release])
  }

  @Test func timesAreDaysInUTC() {
    #expect(PolicyTime(microseconds: -1).day == Day(number: -1))
    #expect(PolicyTime(microseconds: 0).day == Day(number: 0))
    #expect(PolicyTime(microseconds: 86_399_999_999).day == Day(number: 0))
    #expect(PolicyTime(startOf: Day(number: 20_000)).day == Day(number: 20_000))
    #expect(PolicyTime(startOf: .distantFuture) == .distantFuture && PolicyTime(startOf: .distantPast) == .distantPast)
    #expect(PolicyTime.distantFuture.advanced(bySeconds: 1) == .distantFuture)
    #expect(PolicyTime.distantPast.advanced(bySeconds: -1) == .distantPast)
    #expect(PolicyTime(microseconds: 5).advanced(bySeconds: .max) == .distantFuture)
  }

  @Test func periodsHaveNoLastDay() {
    func period(_ from: Int32, _ until: Int32) -> Period<Day> {
      Period(from: Day(number: from), until: Day(number: until))
    }
    #expect(period(1, 3).contains(Day(number: 1)) && !period(1, 3).contains(Day(number: 3)))
    #expect(period(1, 3).overlaps(period(2, 9)) && !period(1, 3).overlaps(period(3, 9)))
    #expect(Period<Day>.always.overlaps(period(1, 2)))
    #expect(!period(2, 2).overlaps(.always) && !period(3, 1).contains(Day(number: 2)))
  }
}
