/// That a party stands in a relation to a case, for a time (5d: readers; "one State, several hats").
package struct Hat: Hashable, Sendable {
  package var kind: HatKind
  package var party: PartyID
  package var period: Period<Day>

  package init(_ kind: HatKind, _ party: PartyID, period: Period<Day> = .always) {
    self.kind = kind
    self.party = party
    self.period = period
  }
}
