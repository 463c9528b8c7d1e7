package import AIP

/// A value of an SQL condition; it never becomes a part of the text.
package enum SQLParameter: Hashable, Sendable {
  case text(String)
  case smallint(Int16)
  case smallints([Int16])
  case date(Day)
  case timestamp(PolicyTime)
  case uuids([RecordID])
}
