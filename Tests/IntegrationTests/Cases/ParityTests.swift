import AIP
import Foundation
import GRPCCore
import Policy
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

/// View, list, filter, order and count are one policy (5e): tried with readers and cases of all sorts.
@Suite("A list is what GetCase shows, case by case")
struct ParityTests {
  @Test(.timeLimit(.minutes(5)), arguments: [1, 2] as [UInt64])
  func forGeneratedReadersAndCases(_ seed: UInt64) async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Files.recent())
      let names = try await harness.allCases().map(\.name)
      #expect(names.count > 40)
      try await harness.run(Self.variety)
      var random = SplitMix(seed: seed)
      var (seen, hidden, coarse, filtered) = (0, 0, 0, 0)
      for round in 0..<15 {
        // Readers of briefings, who alone see dates made coarser, would hardly come about by chance.
        let probe = try Probe(names: names, isCouncil: round % 5 == 0, &random)
        try harness.change(probe.put)
        let gets = try await Self.gets(names, harness, probe)
        let view = try await harness.list("", .full, probe)
        #expect(view == gets.sorted(by: Self.isLater), "\(probe)")
        let basic = try await harness.list("", .basic, probe)
        #expect(basic == view.map { $0.without(\.victims) }, "\(probe)")
        for _ in 0..<6 { filtered += try await Self.compareFilter(view, harness, probe, &random) }
        seen += gets.count
        hidden += names.count - gets.count
        coarse += gets.count { $0.incidentDate.day == 0 }
      }
      // All answers occur, or the test would say nothing.
      #expect(seen > 50 && hidden > 50 && coarse > 0 && filtered > 10, "\((seen, hidden, coarse, filtered))")
    }
  }

  /// What makes cases differ: caveats, classifications, embargoes, relations that somebody recorded.
  private static let variety = """
    UPDATE cases SET caveats = 1 << (number % 12) WHERE number % 3 = 0;
    ALTER TABLE cases DISABLE TRIGGER lowered;
    UPDATE cases SET classification = number % 3 WHERE number % 5 < 2;
    ALTER TABLE cases ENABLE TRIGGER lowered;
    UPDATE victims SET is_embargoed = true WHERE right(casualty_id, 1) IN ('3', '7');
    UPDATE victims SET classification = 2 WHERE right(casualty_id, 1) = '5';
    INSERT INTO case_relation_records (case_id, party, hat, valid_from, valid_until)
    SELECT id, (ARRAY['TCD', 'UNSC', 'MLI'])[1 + number % 3], 4 + number % 3, '-infinity', 'infinity' FROM cases
    """

  /// What GetCase shows of the cases, one by one.
  private static func gets(_ names: [String], _ harness: CasesHarness, _ probe: Probe) async throws -> [PBCase] {
    var gets: [PBCase] = []
    for name in names {
      do {
        gets.append(try await harness.cases.getCase(.with { $0.name = name }, metadata: probe.metadata))
      } catch let error as RPCError {
        #expect(error.code == .notFound)
      }
    }
    return gets
  }

  /// - Returns: how many cases the filter found.
  private static func compareFilter(
    _ view: [PBCase], _ harness: CasesHarness, _ probe: Probe, _ random: inout SplitMix
  ) async throws -> Int {
    let (text, isOfVictims, test) = condition(&random)
    do {
      let found = try await harness.list(text, .full, probe)
      #expect(found == view.filter(test), "\(text) \(probe)")
      return found.count
    } catch let error as RPCError {
      // What is seen in no case is no field.
      #expect(error.code == .invalidArgument)
      #expect(isOfVictims ? view.allSatisfy(\.victims.isEmpty) : view.isEmpty, "\(text) \(probe)")
      return 0
    }
  }

  private static func condition(_ random: inout SplitMix) -> (String, Bool, (PBCase) -> Bool) {
    switch Int.random(in: 0..<7, using: &random) {
    case 0: ("nationality = TCD", true, { $0.victims.contains { $0.nationality.code == "TCD" } })
    case 1: ("nationality != BGD", true, { !$0.victims.contains { $0.nationality.code == "BGD" } })
    case 2: ("NOT category = CIV_NATIONAL", true, { !$0.victims.contains { $0.category == .civNational } })
    case 3: ("host_state = MLI", false, { $0.hostStates.contains("MLI") })
    case 4: ("incident_date >= 2020-02-15", false, { day($0) >= "2020-02-15" })
    case 5: ("incident_date != 2021-05", false, { !day($0).hasPrefix("2021-05") })
    default: ("mission = MINUSMA", false, { $0.mission == "missions/minusma" })
    }
  }

  /// By the number that is shown, which is another for other readers.
  @Test func filtersByTheNumberThatIsShown() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(Files.recent())
      try await harness.run("UPDATE victims SET is_embargoed = true WHERE right(casualty_id, 1) IN ('3', '7')")
      for client in [Enrolled.officer, "mli", "tcd", "legal", "safety", "minusma"] {
        let all = try await harness.allCases(as: client)
        #expect(all.count > 1)
        for number in 0...4 as ClosedRange<Int32> {
          let found = try await harness.allCases("victim_count = \(number)", as: client)
          #expect(found == all.filter { $0.victimCount == number }, "\(client) \(number)")
        }
      }
    }
  }

  private static func day(_ value: PBCase) -> String {
    let date = value.incidentDate
    return String(format: "%04d-%02d-%02d", date.year, date.month, date.day)
  }

  private static func isLater(_ left: PBCase, _ right: PBCase) -> Bool {
    (day(left), left.name) > (day(right), right.name)
  }
}

extension CasesHarness {
  fileprivate func list(_ filter: String, _ view: PBCaseView, _ probe: Probe) async throws -> [PBCase] {
    var request = PBListCasesRequest.with {
      $0.filter = filter
      $0.view = view
      $0.pageSize = 17
    }
    var all: [PBCase] = []
    repeat {
      let page = try await cases.listCases(request, metadata: probe.metadata)
      all += page.cases
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    return all
  }
}

extension PBCase {
  fileprivate func without(_ field: WritableKeyPath<PBCase, [PBVictim]>) -> PBCase {
    var copy = self
    copy[keyPath: field] = []
    return copy
  }
}

/// A reader, and what is so while it reads.
struct Probe: CustomStringConvertible {
  let enrolment: Enrolment
  let purpose: Purpose?
  let grants: [Grant]
  let emergencies: [BreakGlass]
  let holds: [CaseHold]
  let lockdowns: [Lockdown]

  var metadata: Metadata { caller("probe", for: purpose) }
  var description: String { "\(enrolment.subject) \(purpose?.code ?? "") \(grants) \(holds) \(lockdowns)" }

  init(names: [String], isCouncil: Bool, _ random: inout SplitMix) throws {
    func chance(_ of: Int) -> Bool { Int.random(in: 0..<of, using: &random) == 0 }
    func one<Element>(_ elements: [Element]) throws -> Element {
      elements[try #require(elements.indices.randomElement(using: &random))]
    }
    let parties = ["MLI", "TCD", "BGD", "LBN", "CAF", "UNSC", "AU", "minusma", "OROLSI"].compactMap { PartyID($0) }
    let party = try isCouncil ? parties[5] : one(parties)
    let clearance = try chance(3) ? one(Classification.allCases) : .strictlyConfidential
    var roles = isCouncil ? [RoleAssignment(.councilReader)] : []
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      roles.append(try RoleAssignment(one(ReaderClass.allCases), scope: chance(3) ? one(parties) : nil))
    }
    let id = Enrolled.id(of: "probe")
    enrolment = Enrolment(
      .certificate(Enrolled.uri("probe")),
      subject: Subject(principal: id, party: party, roles: roles, clearance: clearance))
    let purposes: [Purpose?] = isCouncil ? [.councilBrief] : [nil, .audit, .councilBrief, .investigation]
    purpose = try one(purposes)
    let ids = names.compactMap { RecordID($0.dropFirst(6)) }
    let (requester, approver) = (RecordID(high: 0, low: 2), RecordID(high: 0, low: 3))
    grants = try (0..<4).map { _ in
      Grant(
        id: RecordID(high: 0, low: 4), caseID: try one(ids), classes: .all,
        purpose: try one([Purpose.audit, .investigation]), grantee: party,
        period: chance(4) ? Period(from: .distantPast, until: Enrolled.now) : .always, requester: requester,
        approver: approver, lifts: .all, isClearedByLegal: chance(2))
    }
    let hour = Period(from: Enrolled.now.advanced(bySeconds: -3600), until: Enrolled.now.advanced(bySeconds: 3600))
    emergencies = [
      BreakGlass(
        principal: id, caseID: try one(ids), period: hour, hasReason: true, notified: [requester, approver])
    ]
    holds = try (0..<8).map { _ in
      CaseHold(caseID: try one(ids), embargo: Embargo(try one(EmbargoKind.allCases)))
    }
    lockdowns = try chance(5) ? [Lockdown(mission: one(parties), mode: .sealed)] : []
  }

  func put(in snapshot: inout PolicySnapshot) {
    snapshot.principals.removeAll { $0.credential == enrolment.credential }
    snapshot.principals.append(enrolment)
    snapshot.grants = grants
    snapshot.emergencies = emergencies
    snapshot.holds = holds
    snapshot.lockdowns = lockdowns
  }
}
