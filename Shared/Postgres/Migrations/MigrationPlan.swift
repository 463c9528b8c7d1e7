/// What is to be done, from what there is; no I/O.
enum MigrationPlan {
  struct Applied: Sendable, Hashable {
    var number: Int
    var name: String
    var checksum: String
  }

  /// Throws unless `numbers` are 1, 2, 3, ….
  static func requireUnbroken(_ numbers: [Int]) throws(MigrationError) {
    for (index, number) in numbers.enumerated() where number != index + 1 {
      throw numbers.prefix(index).contains(number) ? .duplicate(number) : .gap(expected: index + 1, found: number)
    }
  }

  /// The migrations that come after those applied.
  static func missing(of migrations: [Migration], applied: [Applied]) throws(MigrationError) -> [Migration] {
    try requireUnbroken(applied.map(\.number))
    for (step, known) in zip(applied, migrations) where step.checksum != known.checksum {
      throw .changed(known)
    }
    if applied.count > migrations.count { throw .unknown(number: applied[migrations.count].number) }
    return Array(migrations.dropFirst(applied.count))
  }
}
