import AIP
import Policy

/// Makes a decision into what is shown. No I/O.
///
/// Of victims' attributes there is the whole or, for anything less, the number; of the identity the whole, a pseudonym, or
/// nothing. What a policy gives in between (a summary, a band) is not on record, so less is shown, never more.
struct CaseDisclosure {
  let decision: Decision
  let pseudonyms: Pseudonyms

  /// Nil for a case that is not there for the reader.
  func show(_ file: CaseFile) -> ShownCase? {
    guard decision.isVisible else { return nil }
    let core = decision.disposition(.core)
    var shown = ShownCase(
      record: file.record, showsCore: core.transform >= .generalise, showsChanges: showsChanges,
      showsCreation: core.transform == .clear, classification: file.facts.classification,
      caveats: decision.disposition(.privileged).transform == .clear ? file.facts.caveats : [],
      victims: file.victims.compactMap { show($0) }, redactions: [], decision: decision)
    shown.record.victimCount = file.countedVictims ?? count(file.victims)
    if core.transform < .clear { redactCore(of: &shown, core) }
    redactVictims(of: &shown)
    return shown
  }

  /// Depends on the reader and the case only: what depended on the victims would tell of those that are held back.
  private var showsChanges: Bool {
    let heldBack = RecordFacts(isEmbargoed: true, classification: .strictlyConfidential)
    return decision.disposition(.core).transform == .clear
      && decision.disposition(.victimAttributes, in: heldBack).transform == .clear
  }

  // MARK: The case

  private static let coreFields = ["display_number", "mission", "incident_date", "act", "state", "host_states"]

  private func redactCore(of shown: inout ShownCase, _ core: Disposition) {
    shown.record.incidentDate = shown.record.incidentDate.withoutDay
    shown.record.incidentEndDate = shown.record.incidentEndDate?.withoutDay
    shown.redactions =
      shown.showsCore
      ? [Redacted("incident_date", .core, .generalise, core)]
      : Self.coreFields.map { Redacted($0, .core, .drop, core) }
  }

  private func redactVictims(of shown: inout ShownCase) {
    let attributes = decision.disposition(.victimAttributes)
    guard attributes.transform != .absent else { return }
    if attributes.transform < .clear {
      let done = attributes.transform >= .countOnly ? Transform.countOnly : .drop
      shown.redactions.append(Redacted("victims", .victimAttributes, done, attributes))
    }
    if !decision.isCounted { shown.redactions.append(Redacted("victim_count", .aggregates, .drop, .embargo)) }
  }

  // MARK: Victims

  private func count(_ victims: [FiledVictim]) -> Int32 {
    victims.reduce(0) { $0 + (decision.counts($1.facts) ? $1.record.headCount : 0) }
  }

  private func show(_ victim: FiledVictim) -> ShownVictim? {
    guard decision.disposition(.victimAttributes, in: victim.facts).transform == .clear else { return nil }
    var shown = ShownVictim(record: victim.record, showsChanges: showsChanges, redactions: [])
    redactIdentity(of: &shown, decision.disposition(.victimIdentity, in: victim.facts))
    redactKin(of: &shown, decision.disposition(.kinMedical, in: victim.facts))
    return shown
  }

  private func redactIdentity(of shown: inout ShownVictim, _ identity: Disposition) {
    guard identity.transform < .clear else { return }
    let victim = shown.record
    let hasPseudonym = identity.transform >= .pseudonym
    func pseudonym(_ text: String, of name: String) -> String {
      hasPseudonym && !text.isEmpty ? pseudonyms.text(for: name) : ""
    }
    shown.record.id = pseudonyms.id(for: victim.id)
    shown.record.casualtyID = pseudonym(victim.casualtyID, of: victim.casualtyID)
    shown.record.person = pseudonym(victim.person, of: victim.id.description)
    shown.record.rank = ""
    shown.record.unit = ""
    guard identity.transform != .absent else { return }
    let named = ["casualty_id", "person"].map {
      Redacted($0, .victimIdentity, hasPseudonym ? .pseudonym : .drop, identity)
    }
    shown.redactions += named + ["rank", "unit"].map { Redacted($0, .victimIdentity, .drop, identity) }
  }

  private func redactKin(of shown: inout ShownVictim, _ kin: Disposition) {
    guard kin.transform < .clear else { return }
    shown.record.kinNotifiedDate = nil
    shown.record.medicalNote = ""
    guard kin.transform != .absent else { return }
    shown.redactions += ["kin_notified_date", "medical_note"].map { Redacted($0, .kinMedical, .drop, kin) }
  }
}

extension PartialDate {
  /// The month of a day; the date itself when it is no more precise than that.
  var withoutDay: PartialDate { isDay ? PartialDate(rawValue: rawValue / 100 * 100) ?? self : self }
}
