import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension PBAssistanceRequest: Tabular {
  /// A request for assistance as a line of a list.
  static let columns: [Column<PBAssistanceRequest>] = [
    Column("mission") { $0.mission },
    Column("host_state") { $0.hostState },
    Column("types") { labels($0.types) },
    Column("state") { label($0.state) },
    Column("request_date") { $0.redactions.value($0.requestDate.text, of: "request_date") },
    Column("authority") { $0.redactions.value($0.authority, of: "authority") },
    Column("document", for: .programs) { $0.document },
    Column("mandate_basis", for: .programs) { $0.mandateBasis },
    Column("gaps", for: .programs) { $0.gaps.joined(separator: "; ") },
    Column("cases", for: .programs) { $0.cases.joined(separator: " ") },
    Column("detail", for: .programs) { $0.detail },
    Column("next_states", for: .programs) { labels($0.nextStates) },
    Column("redactions", for: .programs) { $0.redactions.fields },
    Column("name") { $0.name },
    Column("etag", for: .programs) { $0.etag },
  ]
}

extension PBAssistanceDelivery: Tabular {
  /// A delivery of assistance as a line of a list.
  static let columns: [Column<PBAssistanceDelivery>] = [
    Column("mission") { $0.mission },
    Column("host_state") { $0.hostState },
    Column("types") { labels($0.types) },
    Column("modalities") { labels($0.modalities) },
    Column("provider") { $0.redactions.value($0.provider, of: "provider") },
    Column("partners", for: .programs) { $0.partners.joined(separator: " ") },
    Column("value", .right) { $0.value.text },
    Column("start_date") { $0.startDate.text },
    Column("end_date") { $0.endDate.text },
    Column("human_rights_assessment", for: .programs) { label($0.humanRightsAssessment) },
    Column("mandate_basis", for: .programs) { $0.mandateBasis },
    Column("cases", for: .programs) { $0.cases.joined(separator: " ") },
    Column("result", for: .programs) { $0.result },
    Column("detail", for: .programs) { $0.detail },
    Column("request", for: .programs) { $0.request },
    Column("redactions", for: .programs) { $0.redactions.fields },
    Column("name") { $0.name },
    Column("etag", for: .programs) { $0.etag },
  ]
}

extension PBVoluntaryContribution: Tabular {
  /// A voluntary contribution as a line of a list.
  static let columns: [Column<PBVoluntaryContribution>] = [
    Column("contributor") { $0.redactions.value($0.contributor, of: "contributor") },
    Column("pledge_date") { $0.pledgeDate.text },
    Column("pledged", .right) { $0.pledged.text },
    Column("received", .right) { $0.received.text },
    Column("spent", .right) { $0.spent.text },
    Column("earmark") { $0.earmark },
    Column("mission", for: .programs) { $0.mission },
    Column("deliveries", for: .programs) { $0.deliveries.joined(separator: " ") },
    Column("redactions", for: .programs) { $0.redactions.fields },
    Column("name") { $0.name },
    Column("etag", for: .programs) { $0.etag },
  ]
}

extension PBHostMeasure: Tabular {
  /// A measure of a host State as a line of a list.
  static let columns: [Column<PBHostMeasure>] = [
    Column("mission") { $0.mission },
    Column("host_state") { $0.hostState },
    Column("kind") { label($0.kind) },
    Column("title") { $0.redactions.value($0.title, of: "title") },
    Column("effective_date") { $0.effectiveDate.text },
    Column("source") { label($0.source) },
    Column("certainty") { label($0.certainty) },
    Column("document", for: .programs) { $0.document },
    Column("detail", for: .programs) { $0.detail },
    Column("redactions", for: .programs) { $0.redactions.fields },
    Column("name") { $0.name },
    Column("etag", for: .programs) { $0.etag },
  ]
}

extension PBPreventionMeasure: Tabular {
  /// A measure of prevention as a line of a list.
  static let columns: [Column<PBPreventionMeasure>] = [
    Column("mission") { $0.mission },
    Column("host_state") { $0.hostState },
    Column("kind") { label($0.kind) },
    Column("title") { $0.redactions.value($0.title, of: "title") },
    Column("actor") { $0.actor },
    Column("start_date") { $0.startDate.text },
    Column("end_date") { $0.endDate.text },
    Column("cases", for: .programs) { $0.cases.joined(separator: " ") },
    Column("detail", for: .programs) { $0.detail },
    Column("redactions", for: .programs) { $0.redactions.fields },
    Column("name") { $0.name },
    Column("etag", for: .programs) { $0.etag },
  ]
}

extension PBInvestigatorDeployment: Tabular {
  /// A deployment of investigators as a line of a list.
  static let columns: [Column<PBInvestigatorDeployment>] = [
    Column("mission") { $0.mission },
    Column("host_state") { $0.hostState },
    Column("sending_state") { $0.redactions.value($0.sendingState, of: "sending_state") },
    Column("investigators", .right) { $0.investigators == 0 ? "" : String($0.investigators) },
    Column("start_date") { $0.startDate.text },
    Column("end_date") { $0.endDate.text },
    Column("request_document", for: .programs) { $0.requestDocument },
    Column("cases", for: .programs) { $0.cases.joined(separator: " ") },
    Column("result", for: .programs) { $0.result },
    Column("redactions", for: .programs) { $0.redactions.fields },
    Column("name") { $0.name },
    Column("etag", for: .programs) { $0.etag },
  ]
}

/// The names of several values.
func labels(_ values: [some SwiftProtobuf.Enum]) -> String { values.map { label($0) }.joined(separator: " ") }
