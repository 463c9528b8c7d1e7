import AIP
import Policy
import VigilAccessAPI
import VigilTypeAPI

/// A question to the policy, checked.
struct Question: Hashable, Sendable {
  /// Nil for the caller.
  var principal: RecordID?
  var caseID: RecordID
  var action: Action
  var classes: DataClassSet
  var purpose: Purpose?

  init(_ message: PBCheckRequest) throws(ServiceError) {
    principal =
      message.principal.isEmpty ? nil : try PrincipalName(parsing: message.principal, field: "principal").id
    caseID = try CaseName(parsing: message.case, field: "case").id
    action = try FieldRules.code(message.action, field: "action")
    purpose = message.purpose == .unspecified ? nil : try FieldRules.code(message.purpose, field: "purpose")
    classes = try FieldRules.codes(message.dataClasses, field: "data_classes")
    guard (action == .read) == classes.isEmpty else {
      throw .invalid("data_classes", "must be empty to read, and name at least one for other actions")
    }
  }
}
