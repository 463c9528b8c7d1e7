import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension EvidenceService {
  func updateEvidenceItem(request: PBUpdateEvidenceItemRequest, context: ServerContext) async throws -> PBEvidenceItem {
    let message = request.evidenceItem
    let name = try MemberName<EvidenceAccount>(parsing: message.name, field: "evidence_item.name")
    let mask = try FieldMask(
      request.updateMask.paths, populated: EvidenceAccount.fields.filled(by: message).paths(),
      writable: EvidenceAccount.fields.paths())
    let fields = EvidenceAccount.fields.filter { mask.paths.contains($0.path) }
    return try await ledger.record(
      request, asking: name, for: .contribute, [.evidenceRegister], context
    ) { change, dossier in
      var item = try change.sight.item(name, dossier.items)
      try change.sight.requireChange(of: item.account.originator, [.evidenceRegister])
      try item.etag.check(message.etag)
      try judging(name) { () throws(CustodyRefusal) in try item.checkStanding() }
      let account = try item.account.next(message, fields, change)
      try change.check(account, dossier.head)
      item.account = try await change.add(account)
      return try change.shown(item, dossier) { $0.show($1) }
    }
  }
}
