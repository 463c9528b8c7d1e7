import AIP
import GRPCCore
import Policy
import Postgres
import VigilAccessAPI

extension IdentityService {
  func endSession(request: PBEndSessionRequest, context: ServerContext) async throws -> PBSession {
    let name = try SessionName(parsing: request.name)
    return try await ledger.record(request, context) { change in
      let visitor = change.visitor
      let visible: FilterTree<SessionTest> = .all([
        visitor.sessions, .condition(.principal(name.principal)), .condition(.id(name.id)),
      ])
      guard var session = try await change.transaction.execute(LockRecords<Session>(visible, limit: 1)).first else {
        throw ServiceError.notFound(type: "vigil.un.org/Session", name: request.name)
      }
      try visitor.require(visitor.administration.mayEnrol || session.principal == visitor.principal)
      guard session.isActive(at: change.now) else { throw ServiceError.ended("the session has ended already") }
      _ = try await change.transaction.execute(
        EndSessions(choice: .one(session.id), time: change.now, end: .revoked))
      (session.endTime, session.end) = (change.now, .revoked)
      return PBSession(session)
    }
  }
}
