import AIP
import Policy
import Postgres

/// Makes cases of exercises one after the other: the same for the same seed. No I/O and no clock.
struct ExerciseGenerator: Sendable {
  private var random: ExerciseRandom
  /// The last number of each mission and year.
  private var numbers: [DisplayNumber.Series: Int32] = [:]

  init(seed: UInt64) { random = ExerciseRandom(seed: seed) }

  mutating func next() -> ExerciseLife {
    let mission = random.one(weighing: ExerciseWorld.weightedMissions)
    let begin = (mission.startDate?.daysSince1970 ?? 0) + 1
    let end = min(mission.endDate?.daysSince1970 ?? .max, ExerciseWorld.lastDay)
    let day = random.number(begin...end)
    let series = DisplayNumber.Series(mission: mission.id, year: PartialDate(daysSince1970: Int64(day)).year)
    let number = (numbers[series] ?? 0) + 1
    numbers[series] = number
    var story = ExerciseStory(ExerciseBeginning(mission: mission, day: day, series: series, number: number), random)
    story.tell()
    random = story.random
    return story.life
  }
}

/// Where and when a case of an exercise begins.
struct ExerciseBeginning: Sendable {
  var mission: Mission
  /// Of the incident, counted from 1970-01-01.
  var day: Int
  var series: DisplayNumber.Series
  var number: Int32
}

extension PartialDate {
  /// The first day that it may mean, counted from 1970-01-01.
  var daysSince1970: Int {
    let (month, day) = (max(1, month), max(1, day))
    let year = month <= 2 ? year - 1 : year
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let yearOfEra = year % 400
    return year / 400 * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
