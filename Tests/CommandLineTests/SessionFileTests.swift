import ArgumentParser
import Foundation
import SwiftProtobuf
import Testing
import VigilAccessAPI

@testable import CommandLineClient

@Suite("The file of a session")
struct SessionFileTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

  private var file: SessionFile { SessionFile(path: folder.appending(path: "deep/session.json").path) }

  private var session: StoredSession {
    let tokens = PBSessionTokens.with {
      $0.accessToken = "access"
      $0.accessExpireTime.seconds = 1_000
      $0.refreshToken = "refresh"
      $0.principal = "principals/x"
      $0.session = "principals/x/sessions/y"
    }
    return StoredSession(tokens, address: .local)
  }

  @Test("only its owner can read it, and it reads back")
  func kept() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(try file.read() == nil)
    try file.write(session)
    try file.write(session)
    #expect(try file.read() == session)
    let permissions = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? NSNumber
    #expect(permissions?.intValue == 0o600)
    file.remove()
    #expect(try file.read() == nil)
  }

  @Test("one that others can read, or that is none, is not used")
  func refused() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try file.write(session)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
    #expect(throws: CommandFailure.self) { try file.read() }
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    try Data("{}".utf8).write(to: URL(filePath: file.path))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    #expect(throws: CommandFailure.self) { try file.read() }
  }

  @Test("an access token is used until shortly before its end")
  func fresh() {
    #expect(session.isFresh(at: Date(timeIntervalSince1970: 969)))
    #expect(!session.isFresh(at: Date(timeIntervalSince1970: 970)))
  }

  @Test("each gateway has its own, and who names a certificate has none")
  func paths() throws {
    let source = SettingsSource(environment: ["HOME": "/h"], file: nil)
    #expect(source.sessionPath(.local) == "/h/.local/state/vigil/session-127.0.0.1-8443.json")
    #expect(try ConnectionOptions.parse([]).settings(source).session == source.sessionPath(.local))
    let named = try ConnectionOptions.parse(["--certificate", "c", "--key", "k"]).settings(source)
    #expect(named.session == nil)
    #expect(throws: CommandFailure.self) { try named.requireSessionFile() }
    #expect(try ConnectionOptions.parse([]).settings(SettingsSource(environment: [:], file: nil)).session == nil)
  }
}
