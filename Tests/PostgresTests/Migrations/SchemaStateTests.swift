@testable import Postgres
import TestSupport
import Testing

@Suite struct SchemaStateTests {
  private static let one = Migration(1, "one", "CREATE TABLE a ()")
  private static let two = Migration(2, "two", "CREATE TABLE b ()")
  private static let edited = Migration(1, "one", "CREATE TABLE a (); -- edited")

  private func tell(_ state: SchemaState) -> String {
    switch state {
    case .current: "current"
    case .behind(let next): "behind \(next)"
    case .different(let error): "different: \(error)"
    }
  }

  @Test(
    arguments: [
      ([], [], "current"),
      ([one, two], [], "behind 0001_one"),
      ([one, two], [one], "behind 0002_two"),
      ([one, two], [one, two], "current"),
      // A newer program has migrated; this one may finish its work.
      ([one], [one, two], "current"),
      ([one, two], [edited], "different: \(MigrationError.changed(one))"),
      ([one, two], [two], "different: \(MigrationError.gap(expected: 1, found: 2))"),
    ] as [([Migration], [Migration], String)])
  func theStateFollowsFromWhatIsApplied(wanted: [Migration], done: [Migration], expected: String) {
    let applied = done.map { MigrationPlan.Applied(number: $0.number, name: $0.name, checksum: $0.checksum) }
    #expect(tell(.of(applied: applied, migrations: wanted)) == expected)
  }
}
