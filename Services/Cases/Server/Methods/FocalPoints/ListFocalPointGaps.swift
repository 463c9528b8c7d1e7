import AIP
import GRPCCore
import Records
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension FocalPointService {
  func listFocalPointGaps(
    request: PBListFocalPointGapsRequest, context: ServerContext
  ) async throws -> PBListFocalPointGapsResponse {
    let (_, tenures, missions) = try await read()
    let day =
      request.hasDate
      ? try FieldRules.day(request.date, field: "date") : PartialDate(dayOf: ledger.clock.now())
    return .with { $0.gaps = tenures.gaps(on: day, missions: missions).map(PBFocalPointGap.init) }
  }
}

extension PBFocalPointGap {
  fileprivate init(_ gap: SeatGap) {
    self.init()
    seat = .init(number: gap.seat.kind)
    mission = gap.seat.mission.map { MissionName($0).description } ?? ""
    if let date = gap.since { since = PBPartialDate(date) }
    heldBefore = gap.wasHeld
  }
}
