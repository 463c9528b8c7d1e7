/// Values by stream identifier: open addressing with linear probing over a power-of-two table.
///
/// A general dictionary's hashing costs more than all else that a look-up does here. Inlinable and
/// public, so that other modules get it specialised: unspecialised it would look up metadata at each
/// access, and what is only `package` the compiler does not show them.
public struct HTTP2StreamTable<Value> {
  /// 0, which is no stream, marks a free slot.
  @usableFromInline var ids: [Int32]
  @usableFromInline var slots: [Value?]
  /// 64 less the binary logarithm of the capacity.
  @usableFromInline var shift: UInt64
  @usableFromInline var used = 0

  @inlinable
  public init() {
    self.ids = Array(repeating: 0, count: 16)
    self.slots = Array(repeating: nil, count: 16)
    self.shift = 60
  }

  @inlinable public var count: Int { self.used }
  @inlinable public var isEmpty: Bool { self.used == 0 }

  @inlinable
  public subscript(_ id: HTTP2StreamID) -> Value? {
    get {
      let slot = self.slot(for: id.rawValue)
      return self.slots[slot]
    }
    set {
      let slot = self.slot(for: id.rawValue)
      if let newValue {
        self.slots[slot] = newValue
        if self.ids[slot] == 0 { self.occupy(slot, id.rawValue) }
      } else if self.ids[slot] != 0 {
        self.remove(at: slot)
      }
    }
  }

  /// The identifiers, lowest first.
  @inlinable public var streamIDs: [HTTP2StreamID] {
    self.ids.filter { $0 != 0 }.sorted().map { HTTP2StreamID($0) }
  }

  @inlinable public var values: [Value] {
    self.slots.compactMap { $0 }
  }

  @inlinable var mask: Int { self.ids.count - 1 }

  /// Fibonacci hashing: successive identifiers land far from one another, so that runs stay short.
  @inlinable
  func home(_ id: Int32) -> Int {
    Int(truncatingIfNeeded: (UInt64(UInt32(bitPattern: id)) &* 0x9e37_79b9_7f4a_7c15) >> self.shift)
  }

  /// Where `id` is, or the free slot where it would go.
  @inlinable
  func slot(for id: Int32) -> Int {
    var slot = self.home(id)
    while self.ids[slot] != 0, self.ids[slot] != id { slot = (slot + 1) & self.mask }
    return slot
  }

  @inlinable
  mutating func occupy(_ slot: Int, _ id: Int32) {
    self.ids[slot] = id
    self.used += 1
    if self.used * 2 > self.ids.count { self.grow() }
  }

  @inlinable
  mutating func grow() {
    let (ids, slots) = (self.ids, self.slots)
    self.ids = Array(repeating: 0, count: ids.count * 2)
    self.slots = Array(repeating: nil, count: ids.count * 2)
    self.shift -= 1
    for (index, id) in ids.enumerated() where id != 0 {
      let slot = self.slot(for: id)
      self.ids[slot] = id
      self.slots[slot] = slots[index]
    }
  }

  /// Removes and moves later entries of the same run back, so that probing needs no tombstones.
  @inlinable
  mutating func remove(at slot: Int) {
    var hole = slot
    var next = (slot + 1) & self.mask
    while self.ids[next] != 0 {
      let distance = (next - self.home(self.ids[next])) & self.mask
      if distance >= (next - hole) & self.mask {
        self.ids[hole] = self.ids[next]
        self.slots[hole] = self.slots[next]
        hole = next
      }
      next = (next + 1) & self.mask
    }
    self.ids[hole] = 0
    self.slots[hole] = nil
    self.used -= 1
  }
}
