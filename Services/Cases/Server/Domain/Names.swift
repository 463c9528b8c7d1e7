import AIP

/// The id of a mission: its code in lower case with hyphens for spaces.
struct MissionID: RawRepresentable, Hashable, Sendable {
  let rawValue: String

  init(rawValue: String) {
    self.rawValue = rawValue
  }

  init(code: String) {
    rawValue = String(code.lowercased().map { $0 == " " ? "-" : $0 })
  }
}

/// `missions/{mission}`.
struct MissionName: ResourceName {
  static let pattern = ResourceNamePattern("missions/{mission}")
  let id: MissionID

  init(_ id: MissionID) {
    self.id = id
  }

  init?(ids: [Substring]) {
    id = MissionID(rawValue: String(ids[0]))
  }

  var description: String { "missions/" + id.rawValue }
}

/// `missions/{mission}/hosts/{host}`.
struct MissionHostName: ResourceName {
  static let pattern = ResourceNamePattern("missions/{mission}/hosts/{host}")
  let mission: MissionID
  let id: RecordID

  init(_ mission: MissionID, _ id: RecordID) {
    self.mission = mission
    self.id = id
  }

  init?(ids: [Substring]) {
    guard let id = RecordID(ids[1]) else { return nil }
    self.init(MissionID(rawValue: String(ids[0])), id)
  }

  var description: String { Self.pattern.name(mission.rawValue, id.description) }
}

/// `cases/{case}`.
struct CaseName: ResourceName {
  static let pattern = ResourceNamePattern("cases/{case}")
  let id: RecordID

  init(_ id: RecordID) {
    self.id = id
  }

  init?(ids: [Substring]) {
    guard let id = RecordID(ids[0]) else { return nil }
    self.id = id
  }

  var description: String {
    var text = Array("cases/".utf8)
    text.reserveCapacity(42)
    id.append(to: &text)
    return String(decoding: text, as: UTF8.self)
  }
}

/// `cases/{case}/victims/{victim}`.
struct VictimName: ResourceName {
  static let pattern = ResourceNamePattern("cases/{case}/victims/{victim}")
  let caseID: RecordID
  let id: RecordID

  init(caseID: RecordID, id: RecordID) {
    self.caseID = caseID
    self.id = id
  }

  init?(ids: [Substring]) {
    guard let caseID = RecordID(ids[0]), let id = RecordID(ids[1]) else { return nil }
    self.init(caseID: caseID, id: id)
  }

  var description: String {
    var text = Array("cases/".utf8)
    text.reserveCapacity(87)
    caseID.append(to: &text)
    text += "/victims/".utf8
    id.append(to: &text)
    return String(decoding: text, as: UTF8.self)
  }
}

/// `imports/{import}`.
struct ImportName: ResourceName {
  static let pattern = ResourceNamePattern("imports/{import}")
  let id: RecordID

  init(_ id: RecordID) {
    self.id = id
  }

  init?(ids: [Substring]) {
    guard let id = RecordID(ids[0]) else { return nil }
    self.id = id
  }

  var description: String { "imports/\(id)" }
}
