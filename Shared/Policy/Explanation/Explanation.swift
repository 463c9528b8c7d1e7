/// Why a decision is what it is, for case officers ("why can I see this", "what would State X see"). It names caveats,
/// grants and the roster of qualities: it is itself for those only who may see all of these.
package struct Explanation: Hashable, Sendable {
  package enum Step: Hashable, Sendable {
    /// As what the subject may act at all, and in what qualities it reads this case.
    case subject(permitted: ReaderSet, active: ReaderSet)
    case conflictOfInterest
    case lockdown(Lockdown.Mode)
    /// A grant by its place in the environment, and why it does nothing; nil when it holds.
    case grant(Int, PolicyEvaluator.GrantRefusal?)
    case emergency(ReaderClass)
    /// What one quality gives by matrix and grants, what caveats leave of it, and what embargoes leave of that.
    case reader(ReaderClass, given: Exposed, afterCaveats: Exposed, afterEmbargoes: Exposed)
    /// What conflict of interest and clearance leave of the union.
    case capped(Exposed)
  }

  /// What is shown of every class in another's records, in an own one, and under embargo.
  package struct Line: Hashable, Sendable {
    package var dataClass: DataClass
    package var others: Disposition
    package var released: Disposition
    package var own: Disposition
    package var embargoed: Disposition
  }

  package var decision: Decision
  package var steps: [Step]
  package var lines: [Line]
}
