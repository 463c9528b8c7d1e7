import AIP
import Postgres

/// That a person is the focal point of a seat from a day to another (resolution 2589 (2021), paragraph 9).
struct Tenure: Hashable, Sendable, Identifiable {
  var id: RecordID
  var seat: Seat
  var principal: RecordID
  var alternates: [RecordID]
  /// ISO 639-1.
  var languages: [String]
  /// Days, both of them in office.
  var start: PartialDate
  var end: PartialDate?
  /// The tenure that was handed over to this one, what with, and when that was acknowledged.
  var predecessor: RecordID?
  var note = ""
  var acknowledgeTime: PostgresTimestamp?
  var revision: Int64 = 1
  var createTime: PostgresTimestamp

  func isInOffice(on day: PartialDate) -> Bool { start <= day && (end.map { day <= $0 } ?? true) }

  func overlaps(_ other: Tenure) -> Bool {
    seat == other.seat && (end.map { other.start <= $0 } ?? true) && (other.end.map { start <= $0 } ?? true)
  }

  /// As it is once it has a last day.
  ///
  /// - Throws: ``TenureRefusal`` for a day before the first, and for one that has a last day.
  func ended(on day: PartialDate) throws(TenureRefusal) -> Tenure {
    guard end == nil else { throw .hasEnded }
    guard start <= day else { throw .endsBeforeStart(start) }
    var ended = self
    ended.end = day
    ended.revision += 1
    return ended
  }

  /// As it is once the successor has acknowledged what was handed over.
  func acknowledged(at time: PostgresTimestamp) throws(TenureRefusal) -> Tenure {
    guard predecessor != nil, acknowledgeTime == nil else { throw .nothingToAcknowledge }
    var acknowledged = self
    acknowledged.acknowledgeTime = time
    acknowledged.revision += 1
    return acknowledged
  }
}

/// Why a tenure is not recorded or changed so.
enum TenureRefusal: Error, Hashable {
  /// Another of the seat overlaps it.
  case overlaps(RecordID)
  case hasEnded
  case endsBeforeStart(PartialDate)
  case nothingToAcknowledge
}

/// A seat in which nobody is in office.
struct SeatGap: Hashable, Sendable {
  var seat: Seat
  /// Since when, as far as it is known.
  var since: PartialDate?
  /// Whether anybody was in office before.
  var wasHeld: Bool
}

extension [Tenure] {
  /// - Throws: ``TenureRefusal`` when another tenure of the seat overlaps it.
  func check(adding tenure: Tenure) throws(TenureRefusal) {
    if let other = first(where: { $0.id != tenure.id && $0.overlaps(tenure) }) { throw .overlaps(other.id) }
  }

  /// The gap in a seat on a day; nil when somebody is in office.
  ///
  /// - Parameter beginning: of what the seat belongs to.
  func gap(in seat: Seat, on day: PartialDate, since beginning: PartialDate?) -> SeatGap? {
    let own = filter { $0.seat == seat }
    guard !own.contains(where: { $0.isInOffice(on: day) }) else { return nil }
    let last = own.compactMap(\.end).filter { $0 < day }.max()
    return SeatGap(seat: seat, since: last.map(\.nextDay) ?? beginning, wasHeld: last != nil)
  }

  /// The gaps on a day: headquarters, the system, then peacekeeping operations that were under way, in their order.
  func gaps(on day: PartialDate, missions: [Mission]) -> [SeatGap] {
    let seats: [(Seat, PartialDate?)] =
      [(.headquarters, nil), (.senior, nil)]
      + missions.filter { $0.needsFocalPoint(on: day) }.map { (.mission($0.id), $0.startDate) }
    return seats.compactMap { gap(in: $0.0, on: day, since: $0.1) }
  }
}

extension Mission {
  /// Whether it was a peacekeeping operation under way on the day, and no phase that its whole stands for.
  func needsFocalPoint(on day: PartialDate) -> Bool {
    guard kind == .peacekeepingOperation else { return false }
    let isBegun = startDate.map { $0.rawValue <= day.rawValue } ?? true
    let isOver = endDate.map { $0.span.upperBound < day.rawValue } ?? !isActive
    return isBegun && !isOver
  }
}

extension PartialDate {
  /// The day after one.
  var nextDay: PartialDate {
    PartialDate(year: year, month: month, day: day + 1) ?? PartialDate(year: year, month: month + 1, day: 1)
      ?? PartialDate(year: year + 1, month: 1, day: 1) ?? self
  }
}
