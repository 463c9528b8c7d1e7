package import AIP

/// That an embargo is on a case.
package struct CaseHold: Hashable, Sendable {
  package var caseID: RecordID
  package var embargo: Embargo

  package init(caseID: RecordID, embargo: Embargo) {
    self.caseID = caseID
    self.embargo = embargo
  }
}
