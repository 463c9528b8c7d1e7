/// What emergency access gives, to whom and how long (5, feature 22: break-glass).
package struct EmergencyRule: Hashable, Sendable {
  /// Who may use it, with or without a hat in the case.
  package var readers: ReaderSet
  /// What it shows.
  package var classes: DataClassSet
  /// The longest that it may last.
  package var hours: Int
  /// How many others must have been told.
  package var notices: Int

  package init(readers: ReaderSet, classes: DataClassSet, hours: Int, notices: Int) {
    self.readers = readers
    self.classes = classes
    self.hours = hours
    self.notices = notices
  }
}
