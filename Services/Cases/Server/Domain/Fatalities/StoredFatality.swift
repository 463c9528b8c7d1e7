import AIP

/// A record of the fatalities as it is on record.
struct StoredFatality: Hashable, Sendable {
  var id: RecordID
  var row: FatalityRow
  /// Whether the latest publication lacks it.
  var isWithdrawn: Bool
}
