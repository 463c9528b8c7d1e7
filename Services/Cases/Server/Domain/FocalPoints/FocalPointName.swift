import AIP

/// `focalPoints/{focal_point}`.
struct FocalPointName: ResourceName {
  static let pattern = ResourceNamePattern("focalPoints/{focal_point}")
  let id: RecordID

  init(_ id: RecordID) { self.id = id }

  init?(ids: [Substring]) {
    guard let id = RecordID(ids[0]) else { return nil }
    self.init(id)
  }

  var description: String { Self.pattern.name(id.description) }
}

/// `principals/{principal}`, which access control keeps.
struct PrincipalName: ResourceName {
  static let pattern = ResourceNamePattern("principals/{principal}")
  let id: RecordID

  init(_ id: RecordID) { self.id = id }

  init?(ids: [Substring]) {
    guard let id = RecordID(ids[0]) else { return nil }
    self.init(id)
  }

  var description: String { Self.pattern.name(id.description) }
}
