import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CommandLineClient

@Suite("Labels")
struct LabelTests {
  @Test(
    "are the names that filters take",
    arguments: [
      (PBPersonnelCategory.polUndifferentiated, "POL_UNDIFFERENTIATED"),
      (.milContingent, "MIL_CONTINGENT"),
      (.gpp, "GPP"),
      (.unspecified, ""),
      (.UNRECOGNIZED(42), "42"),
    ]
  )
  func category(_ value: PBPersonnelCategory, _ text: String) {
    #expect(label(value) == text)
  }

  @Test func kind() {
    #expect(label(PBMission.Kind.peacekeepingOperation) == "PEACEKEEPING_OPERATION")
  }

  @Test(
    "Partial dates read as they are written",
    arguments: ["1964", "1964-03", "1964-03-27", "0099-12-31"]
  )
  func dates(_ text: String) throws {
    #expect(try #require(PBPartialDate(text: text)).text == text)
  }

  @Test(
    "What is no partial date is refused",
    arguments: ["", "64", "1964-3", "1964-13", "1964-00", "1964-03-32", "1964-03-27-1", "1964/03", "-1964", "١٩٦٤"]
  )
  func notDates(_ text: String) {
    #expect(PBPartialDate(text: text) == nil)
  }

  @Test func unsetDate() {
    #expect(PBPartialDate().text.isEmpty)
  }
}
