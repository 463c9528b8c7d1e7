import AIP
import GRPCCore
import Policy
import Postgres
import VigilAccessAPI

extension IdentityService {
  func createInvitation(request: PBCreateInvitationRequest, context: ServerContext) async throws -> PBInvitation {
    let parent = try PrincipalName(parsing: request.parent, field: "parent")
    var made = try await ledger.record(request, context) { change in
      let visitor = change.visitor
      let visible: FilterTree<PrincipalTest> = .all([visitor.principals, .condition(.id(parent.id))])
      guard let principal = try await change.transaction.execute(LockRecords<Principal>(visible, limit: 1)).first else {
        throw ServiceError.notFound(type: "vigil.un.org/Principal", name: request.parent)
      }
      let held = HeldReaders(principal: principal.id, time: change.now)
      let readers = try await change.transaction.execute(held).first ?? []
      // Nobody invites itself: whoever has lost its second factor needs somebody who knows that it is the same person.
      try visitor.require(visitor.administration.mayInvite(holderOf: readers) && principal.id != visitor.principal)
      guard !principal.isDisabled else { throw ServiceError.ended("the principal was stopped") }
      guard principal.credential.token != nil else { throw ServiceError.invalid("parent", "must be a person") }
      let invitation = Invitation(
        id: change.newID(), principal: principal.id, inviter: visitor.principal, readers: readers,
        createTime: change.now, expireTime: change.now.advanced(bySeconds: sessions.lifetimes.invitation))
      _ = try await change.transaction.execute(InsertInvitation(invitation: invitation))
      return PBInvitation(invitation)
    }
    // After the record of it: the code itself is kept nowhere.
    made.code = try await codes.code(of: try InvitationName(parsing: made.name).id)
    return made
  }
}

extension Administration {
  /// Let a principal set its password and second factor, which is to be able to become it: so only those may who could
  /// give it what it has.
  func mayInvite(holderOf readers: ReaderSet) -> Bool {
    readers.isEmpty ? mayEnrol : readers.allSatisfy { mayAppoint($0) }
  }
}
