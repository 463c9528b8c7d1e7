import AIP

// Who was harmed.
extension ExerciseStory {
  mutating func addVictims(of beginning: ExerciseBeginning) {
    let count = random.one(weighing: Self.counts)
    for index in 0..<count {
      let victim = victim(of: beginning, index)
      write { $0.victims.append(victim) }
    }
    write { $0.record.victimCount = Int32(count) }
  }

  private mutating func victim(of beginning: ExerciseBeginning, _ index: Int) -> ExerciseVictim {
    let category = random.one(weighing: Self.categories)
    let hosts = beginning.mission.hosts.filter { $0.hosts(on: life.record.incidentDate) }.map(\.state)
    let nationality =
      category == .nationalCivilian
      ? ExerciseWorld.states.first { hosts.contains($0.code) } ?? random.one(weighing: ExerciseWorld.weightedStates)
      : random.one(weighing: ExerciseWorld.weightedStates)
    let code = beginning.mission.id.rawValue.uppercased()
    return ExerciseVictim(
      record: Victim(
        id: newID(), category: category, nationality: nationality,
        sex: random.one(weighing: [(.male, 82), (.female, 15), (.notStated, 3)]), harm: harm(),
        casualtyID: "\(code)-\(beginning.series.year)-\(beginning.number)-\(index + 1)", incidentType: .maliciousAct,
        publicationDate: nil),
      isEmbargoed: random.chance(1))
  }

  private mutating func harm() -> Harm {
    switch life.record.act {
    case .killing: random.one(weighing: [(.killed, 88), (.diedLater, 4), (.injuredSeriously, 8)])
    case .abduction, .hostageTaking: .abducted
    case .unlawfulDetention: .detained
    case .sexualViolence: .sexualViolence
    case .assault: .injuredSlightly
    default: random.one(weighing: [(.injuredSeriously, 50), (.injuredSlightly, 35), (.unharmed, 15)])
    }
  }

  private static let counts: [(element: Int, weight: Int)] = [
    (1, 52), (2, 20), (3, 11), (4, 6), (5, 4), (7, 3), (10, 3), (14, 1),
  ]
  private static let categories: [(element: PersonnelCategory, weight: Int)] = [
    (.militaryContingent, 62), (.militaryObserver, 5), (.individualPolice, 5), (.formedPolice, 6),
    (.internationalCivilian, 6), (.nationalCivilian, 10), (.volunteer, 2), (.contractor, 4),
  ]
}
