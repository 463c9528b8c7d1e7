/// Values by stream identifier: open addressing with linear probing over a power-of-two table.
///
/// Identifiers of a connection grow by two, so `id / 2` modulo the capacity spreads them without a
/// hash function; a general dictionary's hashing costs more than all else that a look-up does.
package struct HTTP2StreamTable<Value> {
  // Users of other modules get the code for their own type of value, not one that asks the runtime about it.
  @usableFromInline var slots: [(id: Int32, value: Value)?]
  @usableFromInline var filled = 0

  @inlinable
  package init() {
    self.slots = Array(repeating: nil, count: 16)
  }

  @inlinable
  package var count: Int { self.filled }

  @inlinable
  package var isEmpty: Bool { self.filled == 0 }

  @inlinable
  package subscript(_ id: HTTP2StreamID) -> Value? {
    get { self.slots[self.slot(for: id)]?.value }
    set {
      let slot = self.slot(for: id)
      switch (newValue, self.slots[slot] != nil) {
      case (.some(let value), true):
        self.slots[slot] = (id.rawValue, value)
      case (.some(let value), false):
        self.insert(value, for: id, at: slot)
      case (.none, true):
        self.remove(at: slot)
      case (.none, false):
        break
      }
    }
  }

  /// The identifiers, lowest first.
  @inlinable
  package var ids: [HTTP2StreamID] {
    self.slots.compactMap { $0.map { HTTP2StreamID($0.id) } }.sorted()
  }

  @inlinable
  package var values: [Value] {
    self.slots.compactMap { $0?.value }
  }

  @inlinable
  var mask: Int { self.slots.count - 1 }

  @inlinable
  func home(_ id: Int32) -> Int { Int(id >> 1) & self.mask }

  /// Where `id` is, or the free slot where it would go.
  @inlinable
  func slot(for id: HTTP2StreamID) -> Int {
    var slot = self.home(id.rawValue)
    while let entry = self.slots[slot], entry.id != id.rawValue {
      slot = (slot + 1) & self.mask
    }
    return slot
  }

  @inlinable
  mutating func insert(_ value: Value, for id: HTTP2StreamID, at slot: Int) {
    self.slots[slot] = (id.rawValue, value)
    self.filled += 1
    if self.filled * 2 > self.slots.count { self.grow() }
  }

  @inlinable
  mutating func grow() {
    let old = self.slots
    self.slots = Array(repeating: nil, count: old.count * 2)
    for case .some(let entry) in old {
      self.slots[self.slot(for: HTTP2StreamID(entry.id))] = entry
    }
  }

  /// Removes and moves later entries of the same run back, so that probing needs no tombstones.
  @inlinable
  mutating func remove(at slot: Int) {
    var hole = slot
    var next = (slot + 1) & self.mask
    while let entry = self.slots[next] {
      let distance = (next - self.home(entry.id)) & self.mask
      if distance >= (next - hole) & self.mask {
        self.slots[hole] = entry
        hole = next
      }
      next = (next + 1) & self.mask
    }
    self.slots[hole] = nil
    self.filled -= 1
  }
}
