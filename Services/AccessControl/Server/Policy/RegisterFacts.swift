import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// The facts as the cases service tells them.
struct RegisterFacts<Transport: ClientTransport>: CaseFactsSource {
  let cases: PBCaseService.Client<Transport>

  func facts(of id: RecordID) async throws -> CaseFacts? {
    do {
      return CaseFacts(try await cases.getCase(.with { $0.name = "cases/\(id)" }), id: id)
    } catch let error as RPCError where error.code == .notFound {
      return nil
    }
  }
}

extension CaseFacts {
  /// The relations that follow from what is on record of a case. Its classification is that of every case until another
  /// is on record (5e).
  init(_ message: PBCase, id: RecordID) {
    let mission = message.mission.hasPrefix("missions/") ? PartyID(message.mission.dropFirst(9)) : nil
    var hats = mission.map { [Hat(.mission, $0)] } ?? []
    hats += message.hostStates.compactMap { PartyID($0) }.map { Hat(.host, $0) }
    hats += message.victims.compactMap { Hat($0) }
    var distinct: [Hat] = []
    for hat in hats where !distinct.contains(hat) { distinct.append(hat) }
    self.init(id: id, hats: distinct, incident: Period(message.incidentDate))
  }
}

extension Hat {
  /// Who serves in a contingent or as police was contributed by a State; a civilian has only a nationality.
  fileprivate init?(_ victim: PBVictim) {
    guard let state = PartyID(victim.nationality.code) else { return nil }
    switch victim.category {
    case .unspecified, .UNRECOGNIZED: return nil
    case .civIntl, .civNational, .unv, .consultant, .contractor, .other: self.init(.nationality, state)
    default: self.init(.contributor, state)
    }
  }
}

extension Period<Day> {
  /// From the first day that a partial date may mean to the day after the last.
  init(_ date: PBPartialDate) {
    let (year, month, day) = (Int(date.year), Int(date.month), Int(date.day))
    guard year > 0 else {
      self = .always
      return
    }
    let first = Day(year: year, month: max(month, 1), day: max(day, 1))
    let last: Day
    switch (month, day) {
    case (0, _): last = Day(year: year + 1, month: 1, day: 1)
    case (12, 0): last = Day(year: year + 1, month: 1, day: 1)
    case (_, 0): last = Day(year: year, month: month + 1, day: 1)
    default: last = Day(number: first.number + 1)
    }
    self.init(from: first, until: last)
  }
}

extension Day {
  /// A day of the proleptic Gregorian calendar, counted in years that begin in March.
  init(year: Int, month: Int, day: Int) {
    let shifted = month > 2 ? (year, month - 3) : (year - 1, month + 9)
    let era = (shifted.0 >= 0 ? shifted.0 : shifted.0 - 399) / 400
    let yearOfEra = shifted.0 - era * 400
    let dayOfYear = (153 * shifted.1 + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.init(number: Int32(clamping: era * 146_097 + dayOfEra - 719_468))
  }
}
