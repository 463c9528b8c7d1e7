/// Which statements are prepared on a connection: bounded, the least recently used go first. Pure bookkeeping; the
/// connection sends what it says.
struct StatementCache {
  private struct Entry {
    var name: String
    var slots: [PostgresParameters.Slot]
    var lastUse: UInt64
  }

  private let capacity: Int
  private var entries: [String: Entry] = [:]
  private var uses: UInt64 = 0
  private var names: UInt64 = 0

  /// - Parameter capacity: at least 1.
  init(capacity: Int) { self.capacity = max(1, capacity) }

  enum Lookup: Hashable {
    case hit(name: String)
    /// Prepare the statement under `name`, and deallocate `evicted`.
    case miss(name: String, evicted: [String])
  }

  /// Finds the prepared statement for `sql` with these parameter types, or makes room and a name for it.
  mutating func lookUp(_ sql: String, slots: [PostgresParameters.Slot]) -> Lookup {
    uses += 1
    if let index = entries.index(forKey: sql) {
      let entry = entries.values[index]
      if Self.sameTypes(entry.slots, slots) {
        entries.values[index].lastUse = uses
        return .hit(name: entry.name)
      }
    }
    let evicted = makeRoom(for: sql)
    names += 1
    let name = "vigil_\(names)"
    entries[sql] = Entry(name: name, slots: slots, lastUse: uses)
    return .miss(name: name, evicted: evicted)
  }

  /// Forgets `sql`, which turned out not to be prepared (or not to be usable) under `name`. Does nothing when it has
  /// been prepared under another name since.
  mutating func forget(_ sql: String, name: String) {
    if entries[sql]?.name == name { entries.removeValue(forKey: sql) }
  }

  private mutating func makeRoom(for sql: String) -> [String] {
    // The same text with other parameter types takes the place of the old one.
    if let replaced = entries.removeValue(forKey: sql) { return [replaced.name] }
    guard entries.count >= capacity else { return [] }
    guard let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) else { return [] }
    entries.removeValue(forKey: oldest.key)
    return [oldest.value.name]
  }

  private static func sameTypes(_ a: [PostgresParameters.Slot], _ b: [PostgresParameters.Slot]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { $0.type == $1.type }
  }
}
