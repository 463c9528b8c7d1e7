import AIP
import Policy
import SwiftProtobuf
import VigilAccessAPI
import VigilTypeAPI

extension PBCheckResponse {
  /// The answer for a case that does not exist or that the subject may not see.
  init(unseen policyVersion: UInt32) {
    self.init()
    self.policyVersion = policyVersion
    refusal = .noRelation
  }

  init(_ decision: Decision, of party: PartyID, tellsAll: Bool) {
    self.init()
    func told(_ reason: Reason) -> Reason { tellsAll ? reason : reason.disclosed }
    allowed = decision.effect == .allow
    refusal = PBRedactionReason(told(decision.refusal))
    policyVersion = decision.policyVersion
    classes = DataClass.allCases.compactMap { PBClassDecision($0, decision, party, told) }
    readRecorded = decision.obligations.contains(.recordRead)
    emergencyUsed = decision.obligations.contains(.reviewEmergency)
    awaitsValidation = decision.obligations.contains(.awaitValidation)
  }
}

extension PBClassDecision {
  /// Nil for a class of which not even the existence is told.
  fileprivate init?(
    _ dataClass: DataClass, _ decision: Decision, _ party: PartyID, _ told: (Reason) -> Reason
  ) {
    let others = decision.disposition(dataClass)
    let released = decision.disposition(dataClass, in: RecordFacts(releasedTo: [party]))
    let own = decision.disposition(dataClass, in: RecordFacts(owners: [party]))
    guard [others, released, own].contains(where: { $0.transform != .absent }) else { return nil }
    self.init()
    self.dataClass = PBDataClass(dataClass)
    self.others = PBTransform(others.transform)
    othersReason = PBRedactionReason(told(others.reason))
    self.released = PBTransform(released.transform)
    releasedReason = PBRedactionReason(told(released.reason))
    self.own = PBTransform(own.transform)
    ownReason = PBRedactionReason(told(own.reason))
  }
}

extension PBPolicy {
  init(_ version: PolicyVersion) {
    self.init()
    name = "policy"
    self.version = version.policy.version
    text = version.policy.canonicalText
    etag = Etag(revision: Int64(version.policy.version)).description
    if version.author != nil { updateTime = Google_Protobuf_Timestamp(version.createTime) }
  }
}
