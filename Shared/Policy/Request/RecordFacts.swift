/// What a decision needs to know of one record of a case.
package struct RecordFacts: Hashable, Sendable {
  /// Whose it is: of a victim the contributing State and, of a civilian, the States of nationality; of a submission or
  /// an item of evidence the party that gave it; of a proceeding the State of the forum; of a communication the other
  /// side; of an entry of the log the party of the subject.
  package var owners: [PartyID]
  /// To whom the originator has consented to pass it on.
  package var releasedTo: [PartyID]
  /// Whether the next of kin of the victim are not yet confirmed to have been told.
  package var isEmbargoed: Bool
  /// Its own classification, where it is higher than that of its case.
  package var classification: Classification

  package init(
    owners: [PartyID] = [], releasedTo: [PartyID] = [], isEmbargoed: Bool = false,
    classification: Classification = .unclassified
  ) {
    self.owners = owners
    self.releasedTo = releasedTo
    self.isEmbargoed = isEmbargoed
    self.classification = classification
  }

  /// How the record stands to a party.
  package func standing(to party: PartyID) -> Standing {
    if owners.contains(party) { return .own }
    return releasedTo.contains(party) ? .released : .others
  }
}
