import AIP
import Policy
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import AccessControlServer

@Suite("Relations that follow from a case")
struct CaseFactsTests {
  /// Checked by another calendar: days since 1970-01-01.
  @Test(arguments: [
    (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 2, 29, 11_016), (2000, 3, 1, 11_017), (1948, 5, 29, -7_887),
    (2024, 12, 31, 20_088), (1900, 3, 1, -25_508),
  ])
  func daysAreCounted(_ year: Int, _ month: Int, _ day: Int, _ number: Int32) {
    #expect(Day(year: year, month: month, day: day) == Day(number: number))
  }

  @Test func aPartialDateIsAllThatItMayMean() {
    func period(_ year: Int32, _ month: Int32, _ day: Int32) -> [Int32] {
      let period = Period(
        PBPartialDate.with {
          $0.year = year
          $0.month = month
          $0.day = day
        })
      return [period.from.number, period.until.number]
    }
    #expect(period(2000, 2, 29) == [11_016, 11_017])
    #expect(period(2000, 2, 0) == [10_988, 11_017])
    #expect(period(1999, 12, 0) == [10_926, 10_957])
    #expect(period(2000, 0, 0) == [10_957, 11_323])
    #expect(Period(PBPartialDate()) == .always)
  }

  @Test func hatsAreTheMissionsTheHostsAndTheVictims() {
    let id = RecordID(high: 1, low: 2)
    func victim(_ category: PBPersonnelCategory, _ state: String) -> PBVictim {
      .with {
        $0.category = category
        $0.nationality.code = state
      }
    }
    let facts = CaseFacts(
      .with {
        $0.mission = "missions/minusma"
        $0.hostStates = ["MLI"]
        $0.incidentDate.year = 2019
        $0.victims = [
          victim(.milContingent, "TCD"), victim(.milContingent, "TCD"), victim(.polFpu, "EGY"),
          victim(.civNational, "MLI"), victim(.civIntl, ""), victim(.unspecified, "KEN"),
        ]
      }, id: id)
    let hats = facts.hats.map { "\($0.kind) \($0.party)" }
    #expect(hats == ["MISSION minusma", "HOST MLI", "CONTRIBUTOR TCD", "CONTRIBUTOR EGY", "NATIONALITY MLI"])
    #expect(facts.classification == .confidential && facts.caveats.isEmpty && facts.id == id)
  }
}
