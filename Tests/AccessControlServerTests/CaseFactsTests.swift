import AIP
import Policy
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import AccessControlServer

@Suite("Facts of a case as the register tells them")
struct CaseFactsTests {
  private static let id = RecordID(high: 1, low: 2)

  private static func message(_ change: (inout PBCaseFacts) -> Void = { _ in }) -> PBCaseFacts {
    .with {
      $0.classification = .confidential
      $0.caveats = [.sgbv, .coi]
      $0.incidentFrom = day(2000, 2, 29)
      $0.incidentUntil = day(2000, 3, 1)
      $0.relations = [
        .with {
          $0.hat = .host
          $0.party = "MLI"
          $0.validFrom = day(1970, 1, 1)
        },
        .with {
          $0.hat = .implicated
          $0.party = "TCD"
        },
      ]
      change(&$0)
    }
  }

  private static func day(_ year: Int32, _ month: Int32, _ day: Int32) -> PBPartialDate {
    .with {
      $0.year = year
      $0.month = month
      $0.day = day
    }
  }

  @Test func areTaken() throws {
    let facts = try CaseFacts(Self.message(), id: Self.id)
    #expect(facts.id == Self.id && facts.classification == .confidential)
    #expect(facts.caveats == [.sgbv, .conflictOfInterest])
    // Checked by another calendar: days since 1970-01-01.
    #expect(facts.incident == Period(from: Day(number: 11_016), until: Day(number: 11_017)))
    #expect(facts.hats.map { "\($0.kind) \($0.party)" } == ["HOST MLI", "IMPLICATED TCD"])
    #expect(facts.hats[0].period == Period(from: Day(number: 0), until: .distantFuture))
    #expect(facts.hats[1].period == .always)
  }

  /// What is not known here could be what keeps something back.
  @Test func anUnknownWordIsNoFact() {
    let changes: [(inout PBCaseFacts) -> Void] = [
      { $0.caveats.append(.UNRECOGNIZED(99)) }, { $0.classification = .UNRECOGNIZED(9) },
      { $0.classification = .unspecified }, { $0.relations[0].hat = .UNRECOGNIZED(40) }, { $0.relations[0].party = "" },
    ]
    for change in changes {
      #expect(throws: ServiceError.self) { try CaseFacts(Self.message(change), id: Self.id) }
    }
  }
}
