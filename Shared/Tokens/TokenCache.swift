import Identity

/// Tokens whose signature has been checked, so that it is checked once. Two generations bound it: when the young one is
/// full it becomes the old one, and what is still in use moves back.
struct TokenCache: Sendable {
  /// A token as it was found good, but for time and the end of its session.
  struct Entry: Hashable, Sendable {
    var identity: TokenIdentity
    var keyID: String
    var begin: Int64
    var end: Int64
  }

  /// Of one generation.
  let capacity: Int
  private var young: [String: Entry] = [:]
  private var old: [String: Entry] = [:]

  init(capacity: Int) { self.capacity = capacity }

  var count: Int { young.count + old.count }

  mutating func find(_ token: String) -> Entry? {
    if let entry = young[token] { return entry }
    guard let entry = old.removeValue(forKey: token) else { return nil }
    insert(entry, for: token)
    return entry
  }

  mutating func insert(_ entry: Entry, for token: String) {
    if young.count >= capacity {
      old = young
      young = [:]
    }
    young[token] = entry
  }
}
