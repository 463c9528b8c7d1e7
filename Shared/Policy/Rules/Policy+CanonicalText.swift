extension Policy {
  /// The one text of this policy: equal policies have equal texts, and the text reads back as the policy. What is signed
  /// and streamed is its UTF-8.
  package var canonicalText: String {
    var lines = ["policy \(version)"]
    lines += readers.map(Self.line)
    lines += classes.map(Self.line)
    lines.append("matrix " + ReaderClass.allCases.map(\.code).joined(separator: " "))
    for (dataClass, cells) in zip(DataClass.allCases, matrix) {
      lines.append("row \(dataClass) " + cells.map(\.description).joined(separator: " "))
    }
    lines += caveats.map(Self.line)
    lines += embargoes.map(Self.line)
    lines.append(Self.words("conflict caps", Self.text(conflict)))
    lines.append(Self.words("lockdown except", lockdownExempt))
    lines.append(
      Self.words("emergency readers", emergency.readers, "classes", emergency.classes)
        + " hours \(emergency.hours) notices \(emergency.notices)")
    lines.append(Self.words("grants approvers", grants.approvers, "legal", grants.legal) + " days \(grants.days)")
    lines.append(Self.words("downgrade by", classification.downgraders) + " opens \(classification.years)")
    lines.append(Self.words("delegable", delegable))
    lines.append(Self.words("exclusive", exclusive))
    lines.append(Self.words("sharing", sharing))
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ rule: ReaderRule) -> String {
    var words = "reader \(rule.reader) by "
    if let hat = rule.hat {
      words += "hat \(hat) at " + (rule.moments.isEmpty ? "ANY" : rule.moments.description)
    } else {
      words += "role"
    }
    return rule.purpose.map { words + " for \($0)" } ?? words
  }

  private static func line(_ rule: ClassRule) -> String {
    "class \(rule.dataClass) \(rule.classification) summary \(rule.summary) denied \(rule.denied)"
      + (rule.isProtected ? " protected" : "")
  }

  private static func line(_ rule: CaveatRule) -> String {
    words("caveat \(rule.caveat) caps", text(rule.caps), "except", rule.exempt) + (rule.isLiftable ? " liftable" : "")
  }

  private static func line(_ rule: EmbargoRule) -> String {
    words("embargo \(rule.kind) caps", text(rule.caps), "except", rule.exempt, "counted", rule.counted)
  }

  private static func text(_ caps: [Cap]) -> String { caps.map(\.description).joined(separator: " ") }

  /// With one blank between them; an empty set or list leaves none.
  private static func words(_ parts: any CustomStringConvertible...) -> String {
    parts.map(\.description).filter { !$0.isEmpty }.joined(separator: " ")
  }
}
