extension Explanation: CustomStringConvertible {
  /// Readable text in English: a heading, the steps in order, a table of the data classes.
  package var description: String {
    var text = "\(decision.effect == .allow ? "Allowed" : "Denied") under policy version \(decision.policyVersion)"
    text += decision.effect == .allow ? ".\n" : ": \(decision.refusal).\n"
    for step in steps { text += "- \(step.description)\n" }
    let rows = [["class", "others", "released", "own", "embargoed"]] + lines.map(\.cells)
    let widths = rows[0].indices.map { column in rows.map { $0[column].utf8.count }.max() ?? 0 }
    for row in rows {
      var line = ""
      for (cell, width) in zip(row, widths) {
        line += cell + String(repeating: " ", count: width - cell.utf8.count + 2)
      }
      text += line.trimmed + "\n"
    }
    return text
  }
}

extension Explanation.Line {
  fileprivate var cells: [String] {
    [dataClass.code]
      + [others, released, own, embargoed].map { found in
        found.reason == .none ? found.transform.code : "\(found.transform) (\(found.reason))"
      }
  }
}

extension Explanation.Step {
  fileprivate var description: String {
    switch self {
    case .subject(let permitted, let active):
      "acts as \(permitted.orNothing); reads this case as \(active.orNothing)"
    case .conflictOfInterest: "its party is implicated: the conflict of interest beats every right"
    case .lockdown(let mode): "the mission's records are locked: \(mode == .sealed ? "sealed" : "read only")"
    case .grant(let index, nil): "grant \(index + 1) holds"
    case .grant(let index, let refusal?): "grant \(index + 1) does nothing: \(refusal.text)"
    case .emergency(let reader): "emergency access as \(reader)"
    case .reader(let reader, let given, let afterCaveats, let afterEmbargoes):
      "as \(reader): \(given.shownClasses); lost to caveats: \(given.losses(to: afterCaveats)); "
        + "lost to embargoes: \(afterCaveats.losses(to: afterEmbargoes))"
    case .capped(let left): "after conflict of interest and clearance: \(left.shownClasses)"
    }
  }
}

extension PolicyEvaluator.GrantRefusal {
  /// In words.
  package var text: String {
    switch self {
    case .otherCase: "it is for another case"
    case .otherGrantee: "it is for somebody else"
    case .otherPurpose: "it is for another purpose"
    case .notInForce: "it has not begun or has expired"
    case .revoked: "it was revoked"
    case .selfApproved: "whoever asked for it or uses it has approved it"
    case .conditionsUnmet: "its conditions are not met"
    case .conflict: "its grantee is in a conflict of interest and the Office of Legal Affairs has not cleared it"
    }
  }
}

extension Exposed {
  /// The classes of which anything is shown in an own record.
  fileprivate var shownClasses: String { exposures.own.classes(atLeast: .countOnly).orNothing }

  fileprivate func losses(to rest: Exposed) -> String {
    DataClassSet(
      DataClass.allCases.filter { dataClass in
        Standing.allCases.contains { transform(dataClass, $0) != rest.transform(dataClass, $0) }
      }
    ).orNothing
  }
}

extension CodeSet {
  fileprivate var orNothing: String { isEmpty ? "nothing" : description }
}

extension String {
  fileprivate var trimmed: String {
    var view = self[...]
    while view.last == " " { view.removeLast() }
    return String(view)
  }
}
