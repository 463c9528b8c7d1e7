import AIP
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI

extension AssistanceService {
  func transitionAssistanceRequest(
    request: PBTransitionAssistanceRequestRequest, context: ServerContext
  ) async throws -> PBAssistanceRequest {
    let name = try AssistanceName<PBAssistanceRequest>(parsing: request.name)
    let target: AssistanceState = try FieldRules.word(request.state, field: "state")
    return try await register.change(request, name, context) { change, view in
      // The State whose request it is may withdraw it; the rest is for those who write.
      if target != .withdrawn || !change.sight.mayAsk(for: view.record.hostState) {
        try change.sight.require(.write, [.assistance])
      }
      try Etag(revision: view.record.revision).check(request.etag)
      let state = view.record.state ?? .proposed
      do {
        try state.check(stepTo: target, shown: try await grounds(for: view, change).shown)
      } catch let refusal as AssistanceRefusal {
        throw ServiceError(refusal, on: name.description)
      }
      var file = view.file
      file.record = view.record.next(by: change.author, at: change.now)
      file.record.state = target
      if target == .requested { file.record.isInEffect = true }
      return try await register.keep(file, change)
    }
  }

  private func grounds(for view: AssistanceView, _ change: CaseChange) async throws -> AssistanceGrounds {
    let select = SelectAssistance(selection: .answers(to: view.record.id))
    let deliveries = try await change.transaction.execute(select).map { file in
      try PBAssistanceDelivery(serializedBytes: file.record.content)
    }
    let content = try PBAssistanceRequest(serializedBytes: view.record.content)
    return AssistanceGrounds(
      isAnotherPerson: change.author != view.record.creator,
      hasMandateBasis: !content.mandateBasis.isEmpty,
      deliveries: deliveries.map { delivery in
        AssistanceGrounds.Delivery(
          assessment: HumanRightsAssessment(number: delivery.humanRightsAssessment) ?? .pending,
          isReported: delivery.hasEndDate && !delivery.result.isEmpty)
      })
  }
}
