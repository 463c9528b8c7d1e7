import AIP
import Authorization
import GRPCCore
import Policy
import Postgres
import Records
import VigilCasesAPI

/// `vigil.cases.v1.FocalPointService`: who is in office where. Each method is in a file of its own in
/// `Methods/FocalPoints`.
struct FocalPointService: PBFocalPointService.SimpleServiceProtocol {
  let pool: PostgresPool
  let tokens: PageTokens
  let ledger: CaseLedger
}

extension FocalPointService {
  /// Every tenure and every mission, of one moment, and who asks.
  func read() async throws -> (requester: Requester, tenures: [Tenure], missions: [Mission]) {
    let requester = try ledger.gate.readers.authorizer.requester()
    let (_, tenures, missions) = try await pool.execute(
      SetScope(scope: .everything), SelectTenures(), SelectMissions())
    return (requester, tenures, missions)
  }

  /// Changes the tenures of a seat, for those who may write the cases of its mission, or of all.
  ///
  /// - Parameters:
  ///   - seat: finds it, among the tenures.
  ///   - body: judges and writes; gives the tenure as it is then.
  /// - Throws: PERMISSION_DENIED for others.
  func change<Request: ChangeRequest>(
    _ request: Request, _ context: ServerContext, in seat: ([Tenure]) throws -> Seat,
    _ body: (CaseChange, [Tenure]) async throws -> Tenure
  ) async throws -> PBFocalPoint {
    try await change(request, context) { reader, tenures in
      try CaseSight(reader, try seat(tenures).facts).require(.write, [.core])
    } _: { change, tenures in
      try await body(change, tenures)
    }
  }

  /// - Parameter judge: throws for who may not.
  func change<Request: ChangeRequest>(
    _ request: Request, _ context: ServerContext, allowing judge: (CaseReader, [Tenure]) throws -> Void,
    _ body: (CaseChange, [Tenure]) async throws -> Tenure
  ) async throws -> PBFocalPoint {
    try await ledger.record(request, [.core], context) { transaction in
      let reader = try await ledger.gate.readers.current()
      let (_, _, tenures) = try await transaction.execute(
        SetScope(scope: .everything), LockTenures(), SelectTenures())
      try judge(reader, tenures)
      return CaseSight(reader, CaseFacts(id: ledger.newID(), hats: [], incident: .always))
    } _: { change in
      let tenure = try await body(change, try await change.transaction.execute(SelectTenures()))
      return PBFocalPoint(tenure, for: change.sight.requester)
    }
  }
}

extension Seat {
  /// What decides who may fill it: as of a case of its mission, or of one that is of none.
  var facts: CaseFacts {
    let mission = mission.flatMap { PartyID($0.rawValue) }
    return CaseFacts(
      id: RecordID(high: 0, low: 0), hats: mission.map { [Hat(.mission, $0)] } ?? [], incident: .always)
  }
}

extension [Tenure] {
  /// - Throws: NOT_FOUND when there is none of that name.
  func named(_ name: FocalPointName) throws(ServiceError) -> Tenure {
    guard let tenure = first(where: { $0.id == name.id }) else {
      throw .notFound(type: "vigil.un.org/FocalPoint", name: name.description)
    }
    return tenure
  }

  /// - Throws: FAILED_PRECONDITION when another tenure of the seat overlaps it.
  func checked(_ tenure: Tenure) throws(ServiceError) -> Tenure {
    do {
      try check(adding: tenure)
    } catch {
      throw ServiceError(error)
    }
    return tenure
  }
}

extension ServiceError {
  init(_ refusal: TenureRefusal) {
    self =
      switch refusal {
      case .overlaps(let id):
        ServiceError(
          .failedPrecondition, .resourceExists, "another tenure of the seat overlaps it",
          metadata: ["focal_point": FocalPointName(id).description])
      case .hasEnded: ServiceError(.failedPrecondition, .resourceEnded, "the tenure has a last day")
      case .endsBeforeStart(let start): .impossibleDate("end_date", "is before the first day", start)
      case .nothingToAcknowledge:
        ServiceError(.failedPrecondition, .resourceEnded, "there is nothing to acknowledge, or it was before")
      }
  }
}
