import AIP

/// Cases as a reader sees them, as SQL over the table `cases` by the name `c` and, where it says so, `victims` by the name
/// `v`: what a list shows, sorts by and filters by is the same.
struct CaseView: Sendable {
  /// The date of the incident.
  var date = "c.incident_date"
  /// The number of victims.
  var count = "c.victim_count"
  /// What must hold for a condition on the core to be one on what is seen; nil if it always does.
  var core: String?
  /// The same of a victim.
  var victim: String?

  /// Everything as it is.
  static let clear = CaseView()

  private init() {}

  init(_ lens: CaseLens, _ parameters: inout ListParameters) {
    if lens.exact != lens.visible {
      date = "(CASE WHEN \(parameters.add(lens.exact)) THEN c.incident_date ELSE c.incident_date / 100 * 100 END)"
    }
    if lens.told != lens.visible { core = parameters.add(lens.told) }
    if lens.victims != .all([]) { victim = parameters.add(lens.victims) }
    if lens.counted != .all([]) {
      let counted = parameters.add(lens.counted)
      count =
        "(SELECT coalesce(sum(v.head_count), 0)::int4 FROM victims v WHERE v.case_id = c.id AND NOT v.withdrawn AND \(counted))"
    }
  }

  /// The columns of a case.
  var columns: String {
    CaseFile.columns.map { $0 == "c.victim_count" ? "\(count) AS victim_count" : $0 }.joined(separator: ", ")
  }
}
