package import AIP

/// What a decision needs to know of a case (XACML: resource): the facts that the cases service owns.
package struct CaseFacts: Hashable, Sendable {
  package var id: RecordID
  package var hats: [Hat]
  package var classification: Classification
  package var caveats: CaveatSet
  package var embargoes: [Embargo]
  /// The first day of the incident until the day after the last possible one, where the date is not known to the day.
  package var incident: Period<Day>

  package init(
    id: RecordID, hats: [Hat], classification: Classification = .confidential, caveats: CaveatSet = [],
    embargoes: [Embargo] = [], incident: Period<Day>
  ) {
    self.id = id
    self.hats = hats
    self.classification = classification
    self.caveats = caveats
    self.embargoes = embargoes
    self.incident = incident
  }
  /// Of a case that does not exist: nobody stands in any relation to it.
  package static func nowhere(_ id: RecordID) -> CaseFacts {
    CaseFacts(id: id, hats: [], classification: .strictlyConfidential, incident: .always)
  }
}
