/// Why something cannot be on record so.
struct RecordFault: Error, Hashable {
  /// In the contract's message.
  var field: String
  var description: String
  /// The date that another contradicts.
  var bound: PartialDate?
}
