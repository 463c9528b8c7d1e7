import Policy
import Testing

@testable import AccessControlServer

@Suite("Who may do what with the directory")
struct AdministrationTests {
  /// For each reader class alone: sees all, may enrol, and the classes that it may appoint.
  private static let table: [ReaderClass: (Bool, Bool, ReaderSet)] = [
    .headquarters: (true, false, ReaderSet.all.subtracting([.systemOperator])),
    .legal: (true, false, []),
    .auditor: (true, false, []),
    .systemOperator: (true, true, [.systemOperator]),
  ]

  @Test func everyClassHasThisAndNoMore() {
    for reader in ReaderClass.allCases {
      let administration = Administration(readers: [reader])
      let (seesAll, mayEnrol, appoints) = Self.table[reader] ?? (false, false, [])
      #expect(administration.seesAll == seesAll, "\(reader)")
      #expect(administration.mayEnrol == mayEnrol, "\(reader)")
      #expect(ReaderSet(ReaderClass.allCases.filter(administration.mayAppoint)) == appoints, "\(reader)")
    }
  }

  @Test func nobodyMayDoNothing() {
    let nobody = Administration(readers: [])
    #expect(!nobody.seesAll && !nobody.mayEnrol)
    #expect(!ReaderClass.allCases.contains(where: nobody.mayAppoint))
  }

  /// No class may both enrol a principal and give it a role that reads.
  @Test func itTakesTwoToMakeAReader() {
    for reader in ReaderClass.allCases where Administration(readers: [reader]).mayEnrol {
      let appoints = ReaderClass.allCases.filter(Administration(readers: [reader]).mayAppoint)
      #expect(appoints == [.systemOperator])
    }
  }
}
