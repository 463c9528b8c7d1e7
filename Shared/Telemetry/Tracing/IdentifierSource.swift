import Synchronization

/// Random bits for identifiers that need to be unique but not secret, without a system call for each
/// (xoshiro256**, Blackman and Vigna 2018; seeded once from the system).
package struct IdentifierSource: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  package init() {
    var system = SystemRandomNumberGenerator()
    state = (system.next(), system.next(), system.next(), system.next() | 1)
  }

  package mutating func next() -> UInt64 {
    let product = state.1 &* 5
    let result = (product << 7 | product >> 57) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = state.3 << 45 | state.3 >> 19
    return result
  }

  private static let shared = Mutex(IdentifierSource())

  /// Makes an identifier from the process's source.
  package static func make<Identifier>(_ body: (inout IdentifierSource) -> sending Identifier) -> sending Identifier {
    shared.withLock { source in body(&source) }
  }
}
