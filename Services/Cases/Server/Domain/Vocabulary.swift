/// A controlled vocabulary. The raw value is the number in the contract and in the database: never reused.
protocol Vocabulary: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == Int16 {
  /// What the contract's names begin with, `PERSONNEL_CATEGORY_`.
  static var prefix: String { get }
  /// The contract's name without the prefix.
  var name: String { get }
}

extension Vocabulary {
  /// The value of that name, with or without the prefix.
  init?(named text: String) {
    let short = text.hasPrefix(Self.prefix) ? String(text.dropFirst(Self.prefix.count)) : text
    guard let value = Self.allCases.first(where: { $0.name == short }) else { return nil }
    self = value
  }
}

/// The service in which a victim served.
enum PersonnelCategory: Int16, Vocabulary {
  case militaryContingent = 1
  case militaryObserver, militaryStaffOfficer
  case individualPolice, formedPolice, undifferentiatedPolice
  case governmentProvided
  case internationalCivilian, nationalCivilian, volunteer, consultant, contractor
  case other

  static let prefix = "PERSONNEL_CATEGORY_"

  var name: String {
    switch self {
    case .militaryContingent: "MIL_CONTINGENT"
    case .militaryObserver: "MIL_OBSERVER"
    case .militaryStaffOfficer: "MIL_STAFF_OFFICER"
    case .individualPolice: "POL_IPO"
    case .formedPolice: "POL_FPU"
    case .undifferentiatedPolice: "POL_UNDIFFERENTIATED"
    case .governmentProvided: "GPP"
    case .internationalCivilian: "CIV_INTL"
    case .nationalCivilian: "CIV_NATIONAL"
    case .volunteer: "UNV"
    case .consultant: "CONSULTANT"
    case .contractor: "CONTRACTOR"
    case .other: "OTHER"
    }
  }

  var group: PersonnelGroup {
    switch self {
    case .militaryContingent, .militaryObserver, .militaryStaffOfficer: .military
    case .individualPolice, .formedPolice, .undifferentiatedPolice: .police
    default: .civilian
    }
  }
}

/// The roll-up of categories that public reports use.
enum PersonnelGroup: Int16, Vocabulary {
  case military = 1
  case police, civilian

  static let prefix = "PERSONNEL_GROUP_"

  var name: String {
    switch self {
    case .military: "MILITARY"
    case .police: "POLICE"
    case .civilian: "CIVILIAN"
    }
  }

  var categories: [PersonnelCategory] { PersonnelCategory.allCases.filter { $0.group == self } }
}

/// What was done; a description, never a legal characterisation.
enum ActCategory: Int16, Vocabulary {
  case killing = 1
  case attemptedKilling, seriousInjury, assault, abduction, hostageTaking, unlawfulDetention
  case enforcedDisappearance, torture, sexualViolence, attackOnPremises, attackOnMovement
  case threat, violentRobbery, arson, violentObstruction, other, undetermined

  static let prefix = "ACT_CATEGORY_"

  var name: String {
    switch self {
    case .killing: "KILLING"
    case .attemptedKilling: "ATTEMPTED_KILLING"
    case .seriousInjury: "SERIOUS_INJURY"
    case .assault: "ASSAULT"
    case .abduction: "ABDUCTION"
    case .hostageTaking: "HOSTAGE_TAKING"
    case .unlawfulDetention: "UNLAWFUL_DETENTION"
    case .enforcedDisappearance: "ENFORCED_DISAPPEARANCE"
    case .torture: "TORTURE_ILL_TREATMENT"
    case .sexualViolence: "SEXUAL_VIOLENCE"
    case .attackOnPremises: "ARMED_ATTACK_PREMISES"
    case .attackOnMovement: "ARMED_ATTACK_MOVEMENT"
    case .threat: "THREAT"
    case .violentRobbery: "VIOLENT_ROBBERY"
    case .arson: "ARSON_DESTRUCTION"
    case .violentObstruction: "OBSTRUCTION_WITH_VIOLENCE"
    case .other: "OTHER"
    case .undetermined: "UNDETERMINED"
    }
  }
}

/// What happened to a victim.
enum Harm: Int16, Vocabulary {
  case killed = 1
  case diedLater, injuredSeriously, injuredSlightly, abducted, detained, missing, sexualViolence, other, unharmed

  static let prefix = "HARM_"

  var name: String {
    switch self {
    case .killed: "KILLED"
    case .diedLater: "DIED_LATER"
    case .injuredSeriously: "INJURED_SERIOUS"
    case .injuredSlightly: "INJURED_MINOR"
    case .abducted: "ABDUCTED"
    case .detained: "DETAINED"
    case .missing: "MISSING"
    case .sexualViolence: "SEXUAL_VIOLENCE"
    case .other: "OTHER"
    case .unharmed: "UNHARMED"
    }
  }

  var isFatal: Bool { self == .killed || self == .diedLater }

  /// Whether the person is held or lost, and may come back.
  var isAbsence: Bool { self == .abducted || self == .detained || self == .missing }

  /// Whether the next of kin are to be told before anybody else is. Of sexual violence it is the survivor's to say.
  var concernsKin: Bool { isFatal || isAbsence || self == .injuredSeriously }
}

/// Sex as the source records it.
enum Sex: Int16, Sendable {
  case notStated = 0
  case female, male
}
