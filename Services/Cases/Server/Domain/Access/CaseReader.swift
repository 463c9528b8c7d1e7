import AIP
import Authorization
import Crypto
import Policy

/// Who reads cases in one call. Everything of a case that leaves the service goes through ``show(_:)``.
struct CaseReader: Sendable {
  let requester: Requester
  let scope: ReadScope
  private let pseudonyms: Pseudonyms

  init(_ requester: Requester, key: SymmetricKey) {
    self.requester = requester
    scope = ReadScope(requester.context, requester.current.evaluator)
    pseudonyms = Pseudonyms(key: key, reader: requester.party)
  }

  /// What it sees in lists.
  var lens: CaseLens { CaseLens(requester.context, requester.current) }

  /// By which texts it finds cases.
  var texts: TextLens { TextLens(requester.context, requester.current, told: lens.told) }

  /// What the reader sees of the case; nil if it is not there for it.
  func show(_ file: CaseFile) -> ShownCase? {
    let decision = requester.decide(file.facts)
    var shown = show(file, by: decision)
    if decision.obligations.contains(.recordGrantUse), let classes = shown?.classes {
      shown?.grants = requester.usedGrants(file.facts, showing: classes)
    }
    return shown
  }

  /// The same by a decision that shows less.
  func show(_ file: CaseFile, by decision: Decision) -> ShownCase? {
    CaseDisclosure(decision: decision, pseudonyms: pseudonyms).show(file)
  }

  /// The same of one that was looked for. To decide about nothing takes the same work as about a forbidden case.
  func show(_ file: CaseFile?, of id: RecordID) -> ShownCase? {
    guard let file else {
      _ = requester.decide(.nowhere(id))
      return nil
    }
    return show(file)
  }

  /// An identifier that stands for a record's, for this reader and no other.
  func pseudonymousID(for id: RecordID) -> RecordID { pseudonyms.id(for: id) }

  /// What stands for somebody whose identity it may not know.
  func pseudonym(for id: RecordID) -> String { pseudonyms.text(for: id.description) }
}
