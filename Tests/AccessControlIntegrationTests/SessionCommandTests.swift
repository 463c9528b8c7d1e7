import ArgumentParser
import Foundation
import GRPCCore
import SwiftProtobuf
import Synchronization
import Testing
import VigilAccessAPI

@testable import AccessControlServer
@testable import CommandLineClient

/// `vigil enrol`, `login` and what follows, as a person types them, against the real service.
@Suite("The commands of a person")
struct SessionCommandTests {
  /// Gives prepared answers, in the order in which they are asked for.
  private final class Typist: Sendable {
    private let answers: Mutex<[@Sendable () -> String]>

    init(_ answers: [@Sendable () -> String]) { self.answers = Mutex(answers) }

    var prompter: Prompter {
      Prompter { question, _ in
        let answer = self.answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        guard let answer else { throw CommandFailure(status: .usage, reason: "nobody expected '\(question)'") }
        return answer()
      }
    }
  }

  private final class Page: Sendable {
    private let contents = Mutex("")
    var text: String { contents.withLock { $0 } }
    var console: Console {
      Console(write: { text in self.contents.withLock { $0 += text } }, isTerminal: false, columns: nil)
    }
  }

  @Test func enrolsSignsInAndStaysSignedIn() async throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString)/session.json").path
    defer { try? FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent) }
    try await AccessHarness.run { harness in
      let organisation = try await harness.organisation("XAA", .state)
      let jane = try await harness.newcomer("jane.doe", of: organisation)
      let invite = try PrincipalsInviteCommand.parse([jane.name, "--reason", "test", "--format", "json"])
      let (invited, enrolled) = (Page(), Page())
      try await AssumedCaller.$uri.withValue(AccessHarness.operatorURI) {
        try await invite.perform(harness.client, .defaults, to: invited.console, notes: invited.console)
      }
      let invitation = try PBInvitation(jsonString: invited.text)
      let totp: @Sendable () -> TOTP? = {
        let secret = enrolled.text.split(whereSeparator: \.isWhitespace).first { $0.count == 32 && !$0.contains("-") }
        return secret.flatMap { base32Bytes(String($0)) }.map(TOTP.init)
      }
      let code: @Sendable () -> String = { totp().map { harness.code($0) } ?? "" }
      let password: @Sendable () -> String = { "correct horse battery" }
      let typist = Typist([{ invitation.code }, password, password, code])
      try await EnrolCommand.parse([]).enrol(
        harness.client, .defaults, prompter: typist.prompter, to: enrolled.console)
      #expect(enrolled.text.contains("jane.doe") && enrolled.text.contains("otpauth://totp/Vigil:jane.doe?secret="))

      harness.time.advance(30)
      var settings = ConnectionSettings()
      settings.session = path
      let login = try LoginCommand.parse(["--user", "jane.doe"])
      let signedIn = Page()
      try await login.signIn(
        harness.client, settings, prompter: Typist([password, code]).prompter, notes: signedIn.console)
      #expect(signedIn.text == "Signed in as \(jane.name).\n")
      let wrong = await #expect(throws: CommandFailure.self) {
        try await login.signIn(
          harness.client, settings, prompter: Typist([{ "wrong" }, code]).prompter, notes: signedIn.console)
      }
      #expect(wrong?.status == .noPermission)

      // The clock of the service stands long ago: what is kept is over by now, and gives the next.
      let kept = try #require(try SessionFile(path: path).read())
      harness.time.advance(1)
      let refresh = SessionRefresh(file: SessionFile(path: path), address: settings.address)
      let token = try #require(try await refresh.token(harness.client, .defaults))
      let next = try #require(try SessionFile(path: path).read())
      #expect(token != kept.accessToken && token == next.accessToken)
      try await harness.settle()
      #expect(try await harness.whoami(token).principal == jane.name)
      let elsewhere = SessionRefresh(file: SessionFile(path: path), address: Address(host: "other", port: 1))
      #expect(try await elsewhere.token(harness.client, .defaults) == nil)

      _ = try await harness.signIn.signOut(.with { $0.refreshToken = kept.refreshToken })
      let over = await #expect(throws: CommandFailure.self) { try await refresh.token(harness.client, .defaults) }
      #expect(over?.reason == "the session has ended")
      #expect(try SessionFile(path: path).read() == nil)
    }
  }
}
