import Foundation
import SwiftProtobuf
import Testing
import VigilCasesAPI

@testable import CasesServer

/// The domain's numbers and names are those of the contract.
@Suite("Vocabularies and the contract")
struct ContractTests {
  /// Names by number of every enum of the contract, by full name.
  private static func enums() throws -> [String: [Int32: String]] {
    let text = VigilCasesAPIDescriptors.fileDescriptorSet
    let bytes = try #require(Data(base64Encoded: text, options: .ignoreUnknownCharacters))
    var enums: [String: [Int32: String]] = [:]
    func add(_ list: [Google_Protobuf_EnumDescriptorProto], _ scope: String) {
      for item in list {
        enums[scope + item.name] = Dictionary(uniqueKeysWithValues: item.value.map { ($0.number, $0.name) })
      }
    }
    for file in try Google_Protobuf_FileDescriptorSet(serializedBytes: bytes).file {
      add(file.enumType, "")
      for message in file.messageType { add(message.enumType, message.name + ".") }
    }
    return enums
  }

  private func check<Value: Vocabulary>(_ type: Value.Type, is name: String) throws {
    let contract = try #require(try Self.enums()[name])
    let ours = Dictionary(uniqueKeysWithValues: Value.allCases.map { (Int32($0.rawValue), Value.prefix + $0.name) })
    #expect(ours == contract.filter { $0.key != 0 })
    for value in Value.allCases {
      #expect(Value(named: value.name) == value)
      #expect(Value(named: Value.prefix + value.name) == value)
    }
    #expect(Value(named: "UNSPECIFIED") == nil && Value(named: "") == nil)
  }

  @Test func vocabularies() throws {
    try check(PersonnelCategory.self, is: "PersonnelCategory")
    try check(PersonnelGroup.self, is: "PersonnelGroup")
    try check(ActCategory.self, is: "ActCategory")
    try check(Harm.self, is: "Harm")
    try check(EmployerRelation.self, is: "EmployerRelation")
    try check(AgeBand.self, is: "AgeBand")
    try check(AttackContext.self, is: "AttackContext")
    try check(AttackMeans.self, is: "AttackMeans")
    try check(Likeness.Feature.self, is: "Likeness.Feature")
    try check(AttackTarget.self, is: "AttackTarget")
    try check(ExternalSystem.self, is: "ExternalSystem")
    try check(Case.State.self, is: "Case.State")
    try check(Mission.Kind.self, is: "Mission.Kind")
    try check(MissionHost.Role.self, is: "MissionHost.Role")
    try check(AccountabilityStage.self, is: "AccountabilityStage")
    try check(DiplomaticStage.self, is: "DiplomaticStage")
    try check(AssertionSource.self, is: "AssertionSource")
    try check(Certainty.self, is: "Certainty")
    try check(ClosureOutcome.self, is: "ClosureOutcome")
    try check(DecisionState.self, is: "Closure.State")
    try check(DecisionState.self, is: "Regrading.State")
    try check(Communication.Kind.self, is: "Communication.Kind")
    try check(Communication.Direction.self, is: "Communication.Direction")
    try check(Communication.Act.self, is: "Communication.Act")
    try check(Proceeding.Forum.self, is: "Proceeding.Forum")
    try check(ProceedingFact.Kind.self, is: "ProceedingFact.Kind")
    try check(Suspect.Status.self, is: "Suspect.Status")
    try check(Track.Kind.self, is: "Track.Kind")
    try check(Proposal.State.self, is: "Proposal.State")
    try check(AssistanceState.self, is: "AssistanceRequest.State")
    try check(AssistanceType.self, is: "AssistanceType")
    try check(AssistanceModality.self, is: "AssistanceModality")
    try check(HumanRightsAssessment.self, is: "HumanRightsAssessment")
    try check(Seat.Kind.self, is: "FocalPoint.Seat")
    try check(SubmissionState.self, is: "Submission.State")
    try check(SubmissionAudience.self, is: "Submission.Audience")
    try check(SharingState.self, is: "SharingRequest.State")
    try check(SafeguardKind.self, is: "Safeguard.Kind")
    try check(SafeguardOutcome.self, is: "Safeguard.Outcome")
    try check(PackageState.self, is: "DisclosurePackage.State")
    try check(EvidenceType.self, is: "EvidenceType")
    try check(CustodyState.self, is: "EvidenceItem.CustodyState")
    try check(CustodyEvent.Kind.self, is: "CustodyEvent.Kind")
  }

  @Test(
    arguments: [
      ("IncidentType", IncidentType.maliciousAct.rawValue, "INCIDENT_TYPE_MALICIOUS_ACT"),
      ("IncidentType", IncidentType.accident.rawValue, "INCIDENT_TYPE_ACCIDENT"),
      ("IncidentType", IncidentType.illness.rawValue, "INCIDENT_TYPE_ILLNESS"),
      ("IncidentType", IncidentType.selfInflicted.rawValue, "INCIDENT_TYPE_SELF_INFLICTED"),
      ("IncidentType", IncidentType.toBeDetermined.rawValue, "INCIDENT_TYPE_TO_BE_DETERMINED"),
      ("IncidentType", IncidentType.unknown.rawValue, "INCIDENT_TYPE_UNKNOWN"),
      ("Sex", Sex.notStated.rawValue, "SEX_UNSPECIFIED"),
      ("Sex", Sex.female.rawValue, "SEX_FEMALE"),
      ("Sex", Sex.male.rawValue, "SEX_MALE"),
      ("Harm", Harm.killed.rawValue, "HARM_KILLED"),
      ("Harm", Harm.unharmed.rawValue, "HARM_UNHARMED"),
      ("MissionHost.Role", MissionHost.Role.hostState.rawValue, "ROLE_HOST_STATE"),
      ("MissionHost.Role", MissionHost.Role.partyToAgreement.rawValue, "ROLE_PARTY_TO_AGREEMENT"),
      ("RowOutcome.Outcome", ImportReport.Row.Outcome.created.rawValue, "OUTCOME_CREATED"),
      ("RowOutcome.Outcome", ImportReport.Row.Outcome.withdrawn.rawValue, "OUTCOME_WITHDRAWN"),
      ("RowOutcome.Scope", ImportReport.Row.Scope.inScope.rawValue, "SCOPE_IN"),
      ("RowOutcome.Scope", ImportReport.Row.Scope.outOfScope.rawValue, "SCOPE_OUT"),
      ("Refusal.Reason", FatalityRefusal.Reason.invalidDate.rawValue, "REASON_INVALID_DATE"),
      ("Refusal.Reason", FatalityRefusal.Reason.duplicate.rawValue, "REASON_DUPLICATE"),
    ] as [(String, Int16, String)])
  func numbers(_ name: String, _ number: Int16, _ value: String) throws {
    #expect(try Self.enums()[name]?[Int32(number)] == value)
  }

  @Test func groupsCoverEveryCategoryOnce() {
    let grouped = PersonnelGroup.allCases.flatMap(\.categories)
    #expect(grouped.count == PersonnelCategory.allCases.count)
    #expect(Set(grouped) == Set(PersonnelCategory.allCases))
  }
}
