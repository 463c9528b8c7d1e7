import AIP
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI

extension VictimService {
  func updateVictim(request: PBUpdateVictimRequest, context: ServerContext) async throws -> PBVictim {
    let name = try VictimName(parsing: request.victim.name, field: "victim.name")
    let mask = try FieldMask(
      request.updateMask.paths, populated: Victim.fields.filled(by: request.victim).paths(),
      writable: Victim.fields.paths())
    let fields = Victim.fields.filter { mask.paths.contains($0.path) }
    let classes = fields.classes(with: [.victimAttributes])
    return try await ledger.record(request, asking: name, for: .write, classes, context) { change, dossier in
      try change.requireDescribable(dossier.head)
      let former = try await change.victim(name, etag: request.victim.etag)
      let victim = try former.record.changed(by: request.victim, fields)
      try change.check(victim, dossier.head, as: "victim")
      let isEmbargoed = victim.isPublished ? former.facts.isEmbargoed : victim.awaitsKin
      _ = try await change.transaction.execute(
        UpdateVictim(victim: victim, isEmbargoed: isEmbargoed),
        UpdateVictimCount(
          caseID: change.caseID, added: victim.headCount - former.record.headCount, time: change.now))
      return try await change.shown([victim.id])[0]
    }
  }
}

extension Victim {
  /// As it is once the fields are those of the message.
  ///
  /// - Throws: INVALID_ARGUMENT for a field that is the publisher's.
  fileprivate func changed(by message: PBVictim, _ fields: [RecordField<Victim, PBVictim>]) throws -> Victim {
    if isPublished, let field = fields.first(where: { Victim.publishedFields.contains($0.path) }) {
      throw ServiceError.invalid(
        "update_mask", "has a path that is the publisher's", reason: .invalidFieldMask, metadata: ["path": field.path])
    }
    var victim = self
    try fields.write(message, to: &victim, as: "victim")
    victim.forgetKin(before: self, unlessTold: fields.contains { $0.path == "kin_notified_date" })
    victim.revision += 1
    return victim
  }
}
