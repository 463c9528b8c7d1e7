/// One respect in which two cases are alike.
struct Likeness: Hashable, Sendable {
  enum Feature: Int16, Vocabulary {
    case externalID = 1
    case date, mission, place, names

    static let prefix = "FEATURE_"

    var name: String {
      switch self {
      case .externalID: "EXTERNAL_ID"
      case .date: "DATE"
      case .mission: "MISSION"
      case .place: "PLACE"
      case .names: "NAMES"
      }
    }

    /// How likely two cases are one that are as alike as can be in this alone.
    var weight: Double {
      switch self {
      case .externalID: 0.95
      case .names: 0.8
      case .date, .place: 0.4
      case .mission: 0.3
      }
    }
  }

  var feature: Feature
  /// From 0, not at all, to 1.
  var similarity: Double
  /// Why, for people; it names nobody.
  var explanation: String
}

/// A case that may be the same as another.
struct Duplicate: Sendable {
  /// How far from each other the days of two cases can be for one to be looked for by them.
  static let window = 7
  /// The least that is shown.
  static let threshold = 0.4

  var traits: CaseTraits
  var likenesses: [Likeness]

  /// 1 less the chance that every likeness is one by chance.
  var score: Double { 1 - likenesses.reduce(1) { $0 * (1 - $1.feature.weight * $1.similarity) } }

  init(_ traits: CaseTraits, of other: CaseTraits) {
    self.traits = traits
    likenesses = [
      Self.externalIDs(traits, other), Self.date(traits, other), Self.mission(traits, other), Self.place(traits, other),
      Self.names(traits, other),
    ].filter { $0.similarity > 0 }
  }

  private static func externalIDs(_ one: CaseTraits, _ other: CaseTraits) -> Likeness {
    let shared = one.externalIDs.intersection(other.externalIDs).count
    return Likeness(
      feature: .externalID, similarity: shared > 0 ? 1 : 0, explanation: "\(shared) identifiers in common")
  }

  private static func date(_ one: CaseTraits, _ other: CaseTraits) -> Likeness {
    let gap = one.gap(to: other)
    let nearness = max(0, 1 - Double(gap) / Double(window + 1))
    let isExact = one.isDayKnown && other.isDayKnown
    return Likeness(
      feature: .date, similarity: isExact ? nearness : nearness / 2,
      explanation: "\(gap) days apart" + (isExact ? "" : ", as far as the days are known"))
  }

  private static func mission(_ one: CaseTraits, _ other: CaseTraits) -> Likeness {
    if one.mission == other.mission {
      return Likeness(feature: .mission, similarity: 1, explanation: "the same mission")
    }
    let isShared = !one.hostStates.isDisjoint(with: other.hostStates)
    return Likeness(feature: .mission, similarity: isShared ? 0.5 : 0, explanation: "a host State in common")
  }

  private static func place(_ one: CaseTraits, _ other: CaseTraits) -> Likeness {
    if !one.areas.isDisjoint(with: other.areas) {
      return Likeness(feature: .place, similarity: 1, explanation: "the same first-level area")
    }
    let distances = one.points.flatMap { point in other.points.map { point.kilometres(to: $0) } }
    guard let nearest = distances.min() else { return Likeness(feature: .place, similarity: 0, explanation: "") }
    return Likeness(
      feature: .place, similarity: max(0, 1 - nearest / 50), explanation: "\(Int(nearest)) km apart")
  }

  /// One word in common is half of what two are: many people share one.
  private static func names(_ one: CaseTraits, _ other: CaseTraits) -> Likeness {
    let shared = one.names.intersection(other.names).count
    let least = max(2, min(one.names.count, other.names.count))
    return Likeness(
      feature: .names, similarity: min(1, Double(shared) / Double(least)),
      explanation: "\(shared) of \(min(one.names.count, other.names.count)) words of names in common")
  }
}

extension GeoPoint {
  /// Good to a few in a hundred over short ways.
  func kilometres(to other: GeoPoint) -> Double {
    let middle = (latitude + other.latitude) / 2 * .pi / 180
    let square = middle * middle
    let cosine = 1 - square / 2 + square * square / 24
    let turn = abs(longitude - other.longitude)
    let (north, east) = ((latitude - other.latitude) * 111.2, min(turn, 360 - turn) * 111.2 * cosine)
    return (north * north + east * east).squareRoot()
  }
}
