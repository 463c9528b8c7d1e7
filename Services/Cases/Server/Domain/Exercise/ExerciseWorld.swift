/// The States and missions of exercises, the same in every one: none of them exists.
enum ExerciseWorld {
  /// What tells the register that it is one for exercises, and its reader that a record is of one.
  static let dataSet = "VIGIL-EXERCISE"
  static let classification = "Exercise"
  static let mark = "EXERCISE"

  /// No day of an exercise is later.
  static let lastDay = 20_453  // 2025-12-31

  /// With codes from QMA on, which ISO 3166-1 leaves to users.
  static let states: [Nationality] = {
    let beginnings = ["Bel", "Cor", "Dral", "Fel", "Gal", "Hest", "Kel", "Lom", "Ner"]
    let endings = ["avia", "umbra", "entia", "oria", "undia", "astra", "ovar", "ethia"]
    return beginnings.indices.flatMap { first in
      endings.indices.map { second in
        let number = first * endings.count + second
        return Nationality(
          code: "Q" + letter(12 + number / 26) + letter(number % 26),
          sourceName: "\(beginnings[first])\(endings[second]) (exercise)")
      }
    }
  }()

  /// Each with a host State of its own; every fifth came to a second one later, every seventh is in a territory.
  static let missions: [Mission] = (0..<40).map(mission)

  /// How much happens to which mission: a few have much of it, the last ones a hundredth.
  static let weightedMissions: [(element: Mission, weight: Int)] = missions.enumerated().map {
    ($0.element, 10_000 / ($0.offset + 3))
  }

  /// Who contributes how many: those of the last States serve seldom.
  static let weightedStates: [(element: Nationality, weight: Int)] = states.enumerated().map {
    ($0.element, 10_000 / ($0.offset + 6))
  }

  private static func mission(_ index: Int) -> Mission {
    let code = "\(mark) " + (index < 9 ? "0" : "") + String(index + 1)
    let begin = 1995 + index * 7 % 20
    let isActive = index % 3 == 0
    var hosts = [MissionHost(state: states[index].code, role: index % 7 == 6 ? .territory : .hostState)]
    if index % 5 == 0 {
      hosts.append(
        MissionHost(
          state: states[(index + 41) % 72].code, role: .hostState,
          startDate: PartialDate(year: begin + 4, month: 7, day: 1)))
    }
    return Mission(
      id: MissionID(code: code), code: code, displayName: "Exercise Mission in \(states[index].sourceName)",
      kind: index % 8 == 7 ? .specialPoliticalMission : .peacekeepingOperation,
      startDate: PartialDate(year: begin, month: 1 + index % 12, day: 1),
      endDate: isActive ? nil : PartialDate(year: begin + 9 + index % 5, month: 6, day: 30), isActive: isActive,
      areDatesReviewed: true, partOf: nil, note: "Exercise data: no such mission exists.", revision: 1,
      hosts: hosts.sorted { $0.state < $1.state })
  }

  private static func letter(_ index: Int) -> String {
    String(decoding: [UInt8(ascii: "A") + UInt8(truncatingIfNeeded: index)], as: UTF8.self)
  }
}

extension MissionHost {
  fileprivate init(state: String, role: Role, startDate: PartialDate? = nil) {
    self.init(state: state, role: role, startDate: startDate, endDate: nil, isReviewed: true)
  }
}

extension Mission {
  /// Whether it is one of the missions of exercises, which only a register for exercises has.
  var isOfExercise: Bool { id.rawValue.hasPrefix(ExerciseWorld.mark.lowercased() + "-") }
}
