/// Why content cannot be taken in or given out.
package enum ContentFault: Error, Hashable {
  /// Somebody else is writing it.
  case busy
  /// There is no room for it.
  case full
  /// It is not there.
  case missing
  /// What is stored is not what was: it was changed, put in another's place or cut off.
  case damaged
  /// The plain text is larger, smaller or another than was announced.
  case unexpected
  /// The store does not do its work; why, for the log.
  case failed(String)
}
