import AIP
import Foundation
import Policy
import TestSupport
import Testing
import VigilAccessAPI

@testable import Authorization

/// What is let in as the policy, and what is left aside.
@Suite struct IntakeTests {
  private let folder: TemporaryFolder
  private let signer = Signer()
  private let authorizer = Authorizer(clock: TestClock().clock)
  private let intake: SnapshotIntake

  init() throws {
    folder = try TemporaryFolder("policy")
    intake = SnapshotIntake(keys: try signer.keys(in: folder), authorizer: authorizer)
  }

  private func refusal(_ message: PBWatchPolicyResponse) -> SnapshotIntake.Refusal? {
    do throws(SnapshotIntake.Refusal) {
      try intake.take(message)
      return nil
    } catch {
      return error
    }
  }

  private var sequence: UInt64? { authorizer.last?.sequence }

  @Test func whatIsSignedIsTaken() throws {
    #expect(refusal(try signer.message(Register.snapshot(4))) == nil)
    #expect(authorizer.last == (try Register.snapshot(4)))
  }

  @Test func anAlteredOneIsNot() throws {
    let genuine = try signer.message(Register.snapshot(4))
    let text = String(decoding: genuine.snapshot, as: UTF8.self)
    for (old, new) in [("of KEN", "of NGA"), ("snapshot 4", "snapshot 5"), ("HST", "LEG"), ("policy 1", "policy 2")] {
      var altered = genuine
      #expect(text.contains(old))
      altered.snapshot = Data(text.replacing(old, with: new, maxReplacements: 1).utf8)
      #expect(refusal(altered) == .badSignature, "\(old)")
    }
    for bytes in [Data(), genuine.signature.dropLast(), Data(repeating: 0, count: 64)] {
      var altered = genuine
      altered.signature = Data(bytes)
      #expect(refusal(altered) == .badSignature)
    }
    #expect(sequence == nil)
  }

  @Test func whatAnotherKeySignedIsNot() throws {
    let stranger = Signer()
    var message = try stranger.message(Register.snapshot(4))
    #expect(refusal(message) == .unknownKey)
    message.keyID = signer.pinned.id
    #expect(refusal(message) == .badSignature)
    message.keyID = ""
    #expect(refusal(message) == .unknownKey)
    #expect(sequence == nil)
  }

  @Test func anOlderOneIsNot() throws {
    let first = try signer.message(Register.snapshot(4))
    let second = try signer.message(Register.snapshot(5) { $0.principals.removeFirst() })
    #expect(refusal(first) == nil && refusal(second) == nil)
    for old in [first, second, try signer.message(Register.snapshot(4, at: 20))] {
      #expect(refusal(old) == .outdated)
    }
    #expect(authorizer.last?.sequence == 5 && authorizer.last?.principals.count == 3)
  }

  @Test func whatIsSignedAndCannotBeReadIsLeftAside() throws {
    for text in ["", "\n", "snapshot 1 issued 2\n", "policy 1\n", "snapshot 1 issued 2\nprincipal x\n"] {
      #expect(refusal(try signer.message(Array(text.utf8))) == .malformed, "\(text)")
    }
  }

  /// A beat makes the last one fresh, and changes nothing else.
  @Test func aBeatIsTheSameIssuedLater() throws {
    #expect(refusal(try signer.message(Register.snapshot(4))) == nil)
    #expect(refusal(try signer.message(Register.snapshot(4, at: 5))) == nil)
    #expect(authorizer.last == (try Register.snapshot(4, at: 5)))
    // Of an earlier time it is a replay.
    #expect(refusal(try signer.message(Register.snapshot(4, at: 3))) == .outdated)
    // What differs in more than its head is read, whatever it calls itself.
    #expect(refusal(try signer.message(Register.snapshot(4, at: 6) { $0.principals = [] })) == nil)
    #expect(authorizer.last?.principals.isEmpty == true)
    // And the beat of that one does not bring back the other.
    #expect(refusal(try signer.message(Register.snapshot(4, at: 7) { $0.principals = [] })) == nil)
    #expect(authorizer.last?.principals.isEmpty == true)
  }

  // MARK: Keys

  @Test func aKeyThatIsAddedToTheFileIsFound() throws {
    let next = Signer()
    let message = try next.message(Register.snapshot(4))
    #expect(refusal(message) == .unknownKey)
    try folder.write("# two, while they change\n\(signer.pinned.text)\n\n\(next.pinned.text)\n", to: "policy.keys")
    #expect(refusal(message) == nil)
    #expect(refusal(try signer.message(Register.snapshot(5))) == nil)
  }

  @Test func aFileWithoutAKeyStopsTheStart() throws {
    for text in ["", "# nothing\n", "AAAA\n", "\(signer.pinned.text) x\n"] {
      let path = try folder.write(text, to: "bad.keys")
      #expect(throws: PinnedKeys.FileError.self, "\(text)") { _ = try PinnedKeys(path: path) }
    }
    #expect(throws: PinnedKeys.FileError.self) { _ = try PinnedKeys(path: folder.file("missing")) }
  }

  // MARK: The file

  @Test func theFileKeepsTheLastForItsOwnerOnly() throws {
    let cache = PolicyCache(path: folder.file("policy.cache"))
    #expect(cache.read() == nil)
    for sequence: UInt64 in [1, 2] {
      let message = try signer.message(Register.snapshot(sequence))
      try cache.write(message)
      #expect(cache.read() == message)
    }
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("policy.cache"))
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["policy.cache", "policy.keys"])
    try folder.write("\u{1}\u{2} not a message", to: "policy.cache")
    #expect(cache.read() == nil)
  }
}
