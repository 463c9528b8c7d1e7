extension Decision {
  /// The same with nothing shown, changed or passed on of other classes.
  package func limited(to classes: DataClassSet) -> Decision {
    var limited = self
    limited.shown = shown & Exposure(classes, .clear)
    limited.shownEmbargoed = shownEmbargoed & Exposure(classes, .clear)
    limited.writable = writable.intersection(classes)
    limited.proposable = proposable.intersection(classes)
    limited.contributable = contributable.intersection(classes)
    limited.sharable = sharable.intersection(classes)
    return limited
  }
}
