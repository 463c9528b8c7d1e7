// The vocabularies of what happened.

/// How an attack was made, as a whole.
enum AttackContext: Int16, Vocabulary {
  case ambush = 1
  case raid, complex, individual, mob, crossfire, checkpoint, detention, insider

  static let prefix = "ATTACK_CONTEXT_"

  var name: String {
    switch self {
    case .ambush: "AMBUSH"
    case .raid: "RAID"
    case .complex: "COMPLEX"
    case .individual: "INDIVIDUAL"
    case .mob: "MOB"
    case .crossfire: "CROSSFIRE"
    case .checkpoint: "CHECKPOINT"
    case .detention: "DETENTION"
    case .insider: "INSIDER"
    }
  }
}

/// With what an attack was made.
enum AttackMeans: Int16, Vocabulary {
  case smallArms = 1
  case roadsideBomb, vehicleBomb, bodyBomb, mine, warRemnant, mortarOrRocket, artilleryOrTank, airStrike
  case uncrewedAircraft, grenade, bladeOrBlunt, bodily, vehicle, arson, cyber, other, unknown

  static let prefix = "ATTACK_MEANS_"

  var name: String {
    switch self {
    case .smallArms: "SMALL_ARMS"
    case .roadsideBomb: "ROADSIDE_IED"
    case .vehicleBomb: "VBIED"
    case .bodyBomb: "BODY_IED"
    case .mine: "MINE"
    case .warRemnant: "ERW"
    case .mortarOrRocket: "MORTAR_ROCKET"
    case .artilleryOrTank: "ARTILLERY_TANK"
    case .airStrike: "AIR_STRIKE"
    case .uncrewedAircraft: "UAS"
    case .grenade: "GRENADE"
    case .bladeOrBlunt: "BLADE_BLUNT"
    case .bodily: "BODILY"
    case .vehicle: "VEHICLE"
    case .arson: "ARSON"
    case .cyber: "CYBER"
    case .other: "OTHER"
    case .unknown: "UNKNOWN"
    }
  }
}

/// Against what an attack was made.
enum AttackTarget: Int16, Vocabulary {
  case person = 1
  case premises, convoy, aircraft, patrol

  static let prefix = "ATTACK_TARGET_"

  var name: String {
    switch self {
    case .person: "PERSON"
    case .premises: "PREMISES"
    case .convoy: "CONVOY"
    case .aircraft: "AIRCRAFT"
    case .patrol: "PATROL"
    }
  }
}

/// Systems whose identifiers the register keeps.
enum ExternalSystem: Int16, Vocabulary {
  case sage = 1
  case ssirs, noticas, boi, police, other

  static let prefix = "EXTERNAL_SYSTEM_"

  var name: String {
    switch self {
    case .sage: "SAGE"
    case .ssirs: "SSIRS"
    case .noticas: "NOTICAS"
    case .boi: "BOI"
    case .police: "POLICE"
    case .other: "OTHER"
    }
  }
}
