import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

/// `vigil login`.
struct LoginCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "login",
    abstract: "Signs you in: the commands that follow are yours.",
    discussion: """
      Asks for the password and for a code of your authenticator application. What you call with then is kept in a file \
      that only you can read, and is good until vigil logout, or until you have not used it for an hour. Commands that \
      are given a --certificate go on calling with that. With --issuer you sign in with your browser, on this machine, \
      where your organisation has you sign in.
      """
  )

  @Option(help: ArgumentHelp("Name to sign in with; asked for otherwise.", valueName: "name"))
  var user: String?
  @Flag(help: "Use a recovery code in place of the authenticator.")
  var recovery = false
  @Flag(help: "Sign in at the external issuer of the deployment.")
  var issuer = false
  @OptionGroup var connection: ConnectionOptions

  func validate() throws {
    guard !issuer || (user == nil && !recovery) else {
      throw ValidationError("at an external issuer you say who you are there: leave out --user and --recovery")
    }
  }

  func run() async throws {
    let settings = try await connection.settings(.standard())
    try await SystemConnection(settings: settings.signedOut).run { client in
      if issuer {
        return try await signIn(client, settings, notes: .standardError) { address in
          try Console.standardError.write("Open this address in a browser on this machine:\n\n\(address)\n\n")
        }
      }
      try await signIn(client, settings, prompter: .standard, notes: .standardError)
    }
  }

  func signIn(
    _ client: GRPCClient<some ClientTransport>, _ settings: ConnectionSettings, prompter: Prompter, notes: Console
  ) async throws {
    let file = try settings.requireSessionFile()
    var request = PBSignInRequest()
    request.loginName = try user ?? prompter.ask("Name", false)
    request.password = try prompter.ask("Password", true)
    if recovery {
      request.recoveryCode = try prompter.ask("Recovery code", true)
    } else {
      request.totpCode = try prompter.ask("Code of the authenticator", false)
    }
    do {
      let tokens = try await PBSignInService.Client(wrapping: client).signIn(request, options: settings.callOptions())
      try file.write(StoredSession(tokens, address: settings.address))
      try notes.write("Signed in as \(tokens.principal).\n")
    } catch let error as RPCError where error.code == .unauthenticated {
      throw CommandFailure(
        status: .noPermission,
        reason: "the name, the password or the code is not right, or there were too many attempts",
        advice: "A code is good once; after several attempts in vain there is a pause.")
    }
  }
}

extension LoginCommand {
  /// The same at the external issuer.
  ///
  /// - Parameter show: shows the person where to go.
  func signIn(
    _ client: GRPCClient<some ClientTransport>, _ settings: ConnectionSettings, notes: Console,
    show: @escaping @Sendable (_ address: String) async throws -> Void
  ) async throws {
    let file = try settings.requireSessionFile()
    do {
      let tokens = try await ExternalLogin(show: show).perform(client, settings.callOptions())
      try file.write(StoredSession(tokens, address: settings.address))
      try notes.write("Signed in as \(tokens.principal).\n")
    } catch let error as RPCError where error.code == .unauthenticated {
      throw CommandFailure(
        status: .noPermission, reason: "the issuer's word is not taken, or you are not on record here",
        advice: "Whoever operates the system can tell which.")
    }
  }
}

/// `vigil logout`.
struct LogoutCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logout", abstract: "Signs you out: what the commands called with is no longer good.")

  @OptionGroup var connection: ConnectionOptions

  func run() async throws {
    let settings = try await connection.settings(.standard())
    let file = try settings.requireSessionFile()
    guard let session = try file.read() else { return try Console.standardError.write("Nobody is signed in.\n") }
    // Whether or not the system can be reached, this file is of no more use.
    defer { file.remove() }
    try await SystemConnection(settings: settings.signedOut).run { client in
      let request = PBSignOutRequest.with { $0.refreshToken = session.refreshToken }
      _ = try await PBSignInService.Client(wrapping: client).signOut(request, options: settings.callOptions())
    }
  }
}
