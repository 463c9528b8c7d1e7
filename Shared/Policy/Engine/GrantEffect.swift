/// What the grants of an environment open to a subject in a case.
struct GrantEffect {
  /// The classes that they open, and those of them that the Office of Legal Affairs has cleared.
  var classes: DataClassSet = []
  var cleared: DataClassSet = []
  /// What may be passed on.
  var onward: DataClassSet = []
}
