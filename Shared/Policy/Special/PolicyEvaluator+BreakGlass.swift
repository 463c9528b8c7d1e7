/// Why emergency access may not be given, whatever the case.
package enum BreakGlassRefusal: Hashable, Sendable {
  /// The policy names no reader class that the subject may act as, or the access is not the subject's.
  case notEntitled
  case noReason
  /// It has not begun, is over, or is longer than the policy allows.
  case badPeriod
  /// Fewer different others were told than the policy asks for.
  case tooFewTold
}

// Break-glass (5, feature 22): a reason, others told at once, not longer than the policy's hours.
extension PolicyEvaluator {
  /// Whether the subject acts as a reader that the policy lets break the glass, with or without a hat in the case.
  package func mayBreakGlass(_ context: AccessContext) -> Bool {
    !permittedReaders(context).intersection(policy.emergency.readers).isEmpty
  }

  /// Why the emergency access may not be given to the subject; nil if it may. Whether it then shows anything of the case
  /// is another question: ``opens(_:_:for:)``.
  package func refusal(of emergency: BreakGlass, by context: AccessContext) -> BreakGlassRefusal? {
    let now = context.environment.now
    guard mayBreakGlass(context), emergency.principal == context.subject.principal else { return .notEntitled }
    guard emergency.hasReason else { return .noReason }
    guard emergency.period.contains(now), emergency.period.until <= latestEnd(of: emergency) else { return .badPeriod }
    return othersTold(of: emergency) < policy.emergency.notices ? .tooFewTold : nil
  }

  /// Whether the case is there for the subject with the emergency access: against clearance, conflict of interest and
  /// lockdown it opens nothing.
  package func opens(_ emergency: BreakGlass, _ resource: CaseFacts, for context: AccessContext) -> Bool {
    var context = context
    context.environment.emergencies.append(emergency)
    return decide(AccessRequest(context, resource: resource)).isVisible
  }

  /// Whether the emergency access is one of the subject's for the case.
  func holds(_ emergency: BreakGlass, _ context: AccessContext) -> Bool {
    let now = context.environment.now
    return emergency.principal == context.subject.principal && !emergency.isRevoked && emergency.hasReason
      && emergency.period.contains(now) && now < latestEnd(of: emergency)
      && othersTold(of: emergency) >= policy.emergency.notices
  }

  private func latestEnd(of emergency: BreakGlass) -> PolicyTime {
    emergency.period.from.advanced(bySeconds: Int64(policy.emergency.hours) * 3600)
  }

  /// How many different ones were told, without the user itself.
  private func othersTold(of emergency: BreakGlass) -> Int {
    let others = emergency.notified.filter { $0 != emergency.principal }
    return others.indices.count { !others[..<$0].contains(others[$0]) }
  }
}
