import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension EvidenceService {
  func createEvidenceItem(request: PBCreateEvidenceItemRequest, context: ServerContext) async throws -> PBEvidenceItem {
    let name = try CaseName(parsing: request.parent, field: "parent")
    return try await ledger.record(
      request, asking: name, for: .contribute, [.evidenceRegister], context
    ) { change, dossier in
      try change.requireDescribable(dossier.head)
      guard dossier.items.count < 1000 else {
        throw ServiceError.invalid("evidence_item", "a case has at most 1,000 items of evidence")
      }
      let message = request.evidenceItem
      let account = try EvidenceAccount(message, change)
      let holder =
        message.holder.isEmpty
        ? change.sight.party : try FieldRules.party(message.holder, field: "evidence_item.holder")
      try change.sight.requireChange(of: account.originator, [.evidenceRegister])
      guard holder == change.sight.party || change.sight.mayWrite(.evidenceRegister) else { throw ServiceError.refused }
      try change.check(account, dossier.head)
      let custodian = try FieldRules.optionalText(message.custodian, field: "evidence_item.custodian", limit: 200)
      let item = EvidenceItem(try await change.add(account), [])
      let event = change.event(.recorded, of: item.id, holder: holder, custodian: custodian)
      return try await change.add(event, to: item, dossier)
    }
  }
}
