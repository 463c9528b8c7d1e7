@testable import Postgres
import Testing

@Suite struct MigrationPlanTests {
  private let migrations = [Migration(1, "one", "SELECT 1"), Migration(2, "two", "SELECT 2")]

  private func applied(_ migrations: [Migration]) -> [MigrationPlan.Applied] {
    migrations.map { MigrationPlan.Applied(number: $0.number, name: $0.name, checksum: $0.checksum) }
  }

  private func failure(_ body: () throws(MigrationError) -> Void) -> String? {
    do throws(MigrationError) {
      try body()
      return nil
    } catch {
      return error.description
    }
  }

  @Test(arguments: [0, 1, 2])
  func theRestIsMissing(count: Int) throws {
    let missing = try MigrationPlan.missing(of: migrations, applied: applied(Array(migrations.prefix(count))))
    #expect(missing == Array(migrations.dropFirst(count)))
  }

  @Test func aChangedTextStopsEverything() {
    let changed = [Migration(1, "one", "SELECT 1 -- edited"), migrations[1]]
    let text = failure { () throws(MigrationError) in
      _ = try MigrationPlan.missing(of: changed, applied: applied(migrations))
    }
    #expect(text?.contains("0001_one was changed") == true)
  }

  @Test func aNewerDatabaseStopsEverything() {
    let text = failure { () throws(MigrationError) in
      _ = try MigrationPlan.missing(of: Array(migrations.prefix(1)), applied: applied(migrations))
    }
    #expect(text?.contains("migration 2, which this program does not know") == true)
  }

  @Test(arguments: [([1, 3], "migration 2 is missing"), ([2], "migration 1 is missing"), ([1, 1], "the number 1")])
  func numbersAreUnbroken(numbers: [Int], message: String) {
    let text = failure { () throws(MigrationError) in try MigrationPlan.requireUnbroken(numbers) }
    #expect(text?.contains(message) == true)
  }

  @Test func theChecksumIsTheTextsSHA256() {
    #expect(
      Migration(1, "empty", "").checksum == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }
}
