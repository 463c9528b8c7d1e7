import AIP
import GRPCCore
import Policy
import Testing

@testable import AccessControlServer

@Suite("What decides a sign-in")
struct SignInValuesTests {
  static let start = PolicyTime(microseconds: 1_700_000_000_000_000)

  private func at(_ seconds: Int64) -> PolicyTime { Self.start.advanced(bySeconds: seconds) }

  @Test("everything must be right")
  func attempt() {
    for isAdmitted in [false, true] {
      for isKnown in [false, true] {
        for isPasswordRight in [false, true] {
          for factor in [SignInAttempt.SecondFactor.wrong, .step(1), .recovery] {
            let attempt = SignInAttempt(
              isAdmitted: isAdmitted, isKnown: isKnown, isPasswordRight: isPasswordRight, secondFactor: factor)
            let isRight = isAdmitted && isKnown && isPasswordRight && factor != .wrong
            #expect((attempt.session != nil) == isRight, "\(attempt)")
            if isRight { #expect(attempt.session == (factor == .recovery ? .recoveryCode : .authenticator)) }
          }
        }
      }
    }
  }

  @Test("five attempts, then pauses that double up to a quarter of an hour")
  func lockout() {
    var lockout = Lockout()
    func begins(_ now: Int64) -> Bool { lockout.begin(at: at(now)) }
    var now: Int64 = 0
    #expect((0..<5).map { _ in begins(now) } == Array(repeating: true, count: 5))
    for pause in [30, 60, 120, 240, 480, 900, 900, 900] as [Int64] {
      let before = lockout
      let early = [begins(now), begins(now + pause - 1)]
      #expect(early == [false, false] && lockout == before, "what comes in a pause does not prolong it")
      now += pause
      let late = begins(now)
      #expect(late, "after a pause of \(pause) s")
    }
  }

  @Test("success forgives")
  func forgiven() {
    var lockout = Lockout()
    func begins() -> Bool { lockout.begin(at: at(0)) }
    #expect((0..<4).map { _ in begins() } == Array(repeating: true, count: 4))
    lockout.forgive()
    #expect(lockout == Lockout())
    #expect((0..<6).map { _ in begins() } == [true, true, true, true, true, false])
  }

  @Test("many attempts in vain count no further than they must")
  func endlessly() {
    var lockout = Lockout()
    var now: Int64 = 0
    for _ in 0..<2_000 {
      _ = lockout.begin(at: at(now))
      now += Lockout.longestPause
    }
    #expect(lockout.failures == 1_000)
  }

  // RFC 6238, appendix B, the last six digits of those for SHA-1.
  @Test(
    "codes are those of RFC 6238",
    arguments: [
      (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
      (2_000_000_000, "279037"), (20_000_000_000, "353130"),
    ] as [(Int64, String)])
  func totp(seconds: Int64, code: String) {
    let totp = TOTP(secret: Array("12345678901234567890".utf8))
    #expect(totp.code(TOTP.step(at: seconds)) == code)
    #expect(totp.step(of: code, at: seconds, after: 0) == seconds / 30)
  }

  @Test("a code is good for its step and the neighbours, once, and never after a later one")
  func window() {
    let totp = TOTP.random()
    let now: Int64 = 1_700_000_000
    let step = TOTP.step(at: now)
    for (offset, isGood) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] as [(Int64, Bool)] {
      let found = totp.step(of: totp.code(step + offset), at: now, after: 0)
      // A code may be that of another step by chance.
      #expect((found == step + offset) == isGood || found != nil && !isGood)
    }
    #expect(totp.step(of: totp.code(step), at: now, after: step) == nil)
    #expect(totp.step(of: totp.code(step - 1), at: now, after: step) == nil)
    for wrong in ["", "1", "1234567", "abcdef", totp.code(step) + " ", "１２３４５６"] {
      #expect(totp.step(of: wrong, at: now, after: 0) == nil)
    }
  }

  // RFC 4648, section 10, without padding.
  @Test(
    "base32 is that of RFC 4648",
    arguments: [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("foobar", "MZXW6YTBOI")])
  func base32(text: String, encoded: String) {
    #expect(Base32.encode(Array(text.utf8)) == encoded)
  }

  @Test("recovery codes can be typed in any way")
  func recovery() {
    let code = Secret.recoveryCode()
    #expect(code.text.count == 19)
    #expect(Secret(typed: " \(code.text.lowercased().replacing("-", with: " ")) ") == code)
    #expect(Secret.recoveryCode() != code)
  }

  @Test("a refresh token is good once, in a session that lasts")
  func refresh() {
    let id = RecordID(high: 1, low: 1)
    var session = Session(
      id: id, principal: id, kind: .authenticator, createTime: at(0), refreshTime: at(0), expireTime: at(1000),
      tokenExpireTime: at(300))
    var token = RefreshToken(id: id, session: id, digest: [], createTime: at(0), expireTime: at(600))
    #expect(token.verdict(in: session, at: at(599)) == .renew)
    #expect(token.verdict(in: session, at: at(600)) == .refuse)
    token.expireTime = at(2000)
    #expect(token.verdict(in: session, at: at(999)) == .renew)
    #expect(token.verdict(in: session, at: at(1000)) == .refuse)
    token.useTime = at(1)
    #expect(token.verdict(in: session, at: at(2)) == .end)
    session.endTime = at(1)
    session.end = .signedOut
    #expect(token.verdict(in: session, at: at(2)) == .refuse)
  }

  @Test("nothing of a session outlives it")
  func ends() {
    let id = RecordID(high: 1, low: 1)
    let session = Session(
      id: id, principal: id, kind: .authenticator, createTime: at(0), refreshTime: at(0), expireTime: at(1000),
      tokenExpireTime: at(300))
    #expect(Lifetimes().end(of: 300, in: session, from: at(0)) == at(300))
    #expect(Lifetimes().end(of: 300, in: session, from: at(900)) == at(1000))
  }

  @Test("an invitation is spent once, ends in time, and is not for roles that came later")
  func invitation() {
    let id = RecordID(high: 1, low: 1)
    var invitation = Invitation(
      id: id, principal: id, readers: [.auditor], createTime: at(0), expireTime: at(100))
    #expect(invitation.isGood(for: [.auditor], at: at(99)))
    #expect(invitation.isGood(for: [], at: at(99)))
    #expect(!invitation.isGood(for: [.auditor], at: at(100)))
    #expect(!invitation.isGood(for: [.auditor, .legal], at: at(0)))
    invitation.useTime = at(1)
    #expect(!invitation.isGood(for: [.auditor], at: at(2)))
  }

  @Test("whoever invites must be able to give what the invited has")
  func inviters() {
    let asOperator = Administration(readers: [.systemOperator])
    let officer = Administration(readers: [.headquarters])
    let auditor = Administration(readers: [.auditor])
    #expect(asOperator.mayInvite(holderOf: []) && asOperator.mayInvite(holderOf: [.systemOperator]))
    #expect(!asOperator.mayInvite(holderOf: [.headquarters]) && !asOperator.mayInvite(holderOf: [.hostState]))
    #expect(officer.mayInvite(holderOf: [.headquarters]) && officer.mayInvite(holderOf: [.hostState, .auditor]))
    #expect(!officer.mayInvite(holderOf: []) && !officer.mayInvite(holderOf: [.systemOperator]))
    #expect(!officer.mayInvite(holderOf: [.hostState, .systemOperator]))
    #expect(!auditor.mayInvite(holderOf: []) && !auditor.mayInvite(holderOf: [.auditor]))
  }

  @Test("a key is known before it signs and after, and forgotten in the end")
  func keys() {
    let lifetimes = Lifetimes()
    var ring = KeyRing(keys: [])
    #expect(ring.step(at: at(0), lifetimes) == KeyRing.Step(newKeyStart: at(0)))
    ring.keys = [KeyRing.Key(id: "a", startTime: at(0), endTime: .distantFuture, hasSeed: true)]
    #expect(ring.step(at: at(lifetimes.key - 1), lifetimes) == KeyRing.Step())
    let turn = at(lifetimes.key)
    let start = turn.advanced(bySeconds: lifetimes.keyNotice)
    let end = start.advanced(bySeconds: lifetimes.accessToken + lifetimes.keyNotice)
    #expect(ring.step(at: turn, lifetimes) == KeyRing.Step(newKeyStart: start, ends: ["a": end]))
    ring.keys[0].endTime = end
    ring.keys.append(KeyRing.Key(id: "b", startTime: start, endTime: .distantFuture, hasSeed: true))
    #expect(ring.step(at: turn, lifetimes) == KeyRing.Step())
    #expect(ring.step(at: end, lifetimes) == KeyRing.Step(forgets: ["a"]))
    // A token that the old one signed last ends before the key does.
    #expect(start.advanced(bySeconds: lifetimes.accessToken) < end)
  }

  @Test(
    "passwords are long, and not the name",
    arguments: [
      ("correct horse battery", true), ("short", false), (String(repeating: "ab", count: 20), false),
      ("xx-Jane.Doe-xx-yy", false), (String(repeating: "abcdefgh", count: 17), false), ("äöüßäöüß1234", true),
    ])
  func passwords(password: String, isGood: Bool) {
    do throws(ServiceError) {
      try PasswordRule.check(password, login: "jane.doe")
      #expect(isGood)
    } catch {
      #expect(!isGood && error.code == .invalidArgument && !error.message.contains(password))
    }
  }
}
