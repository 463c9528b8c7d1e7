import ArgumentParser
import GRPCCore
import GRPCInProcessTransport
import SwiftProtobuf
import Testing
import VigilFeedAPI

@testable import CommandLineClient

@Suite("What the commands of the change feed ask for and write")
struct FeedCommandTests {
  private func parse<Command: ParsableCommand>(_ type: Command.Type, _ line: [String]) throws -> Command {
    try #require(try VigilCommand.parseAsRoot(line) as? Command)
  }

  @Test("every page, and where to go on")
  func list() async throws {
    let command = try parse(FeedListCommand.self, ["feed", "list", "--from", "a", "--all", "--format", "csv"])
    #expect(command.request().pageToken == "a" && command.request().pageSize == 0)
    try await FeedDouble().serve { client in
      let (output, notes) = (ConsoleRecorder(), ConsoleRecorder())
      try await command.perform(client, .defaults, to: output.console(), notes: notes.console())
      #expect(
        output.text == "change_time,kind,case,parts,etag\r\n1970-01-01T00:00:01Z,CREATED,cases/1,CASE,\r\n"
          + "1970-01-01T00:00:01Z,CHANGED,cases/2,VICTIMS PROGRESS,\r\n")
      #expect(notes.text == "No more for now: --from c\n")
    }
  }

  @Test("messages with their cursors, a line each")
  func watch() async throws {
    let command = try parse(FeedWatchCommand.self, ["feed", "watch", "--from", "a"])
    try await FeedDouble().serve { client in
      let (output, notes) = (ConsoleRecorder(), ConsoleRecorder())
      try await command.perform(client, .defaults, to: output.console(), notes: notes.console())
      let lines = output.text.split(separator: "\n")
      #expect(lines.count == 2 && lines[1] == #"{"cursor":"a+"}"#)
      #expect(try PBWatchChangesResponse(jsonString: String(lines[0])).changes.map(\.case) == ["cases/1"])
    }
    #expect(throws: (any Error).self) { try VigilCommand.parseAsRoot(["feed", "watch", "--format", "table"]) }
  }
}

/// A feed of two pages.
private struct FeedDouble: PBFeedService.SimpleServiceProtocol {
  private static func change(_ name: String, _ kind: PBChange.Kind, _ parts: [PBChange.Part]) -> PBChange {
    .with {
      $0.case = name
      $0.kind = kind
      $0.parts = parts
      $0.changeTime.seconds = 1
    }
  }

  private static let changes = [
    change("cases/1", .created, [.case]), change("cases/2", .changed, [.victims, .progress]),
  ]

  func listChanges(request: PBListChangesRequest, context: ServerContext) async throws -> PBListChangesResponse {
    let isFirst = request.pageToken == "a"
    return .with {
      $0.changes = [Self.changes[isFirst ? 0 : 1]]
      $0.nextPageToken = isFirst ? "b" : ""
      $0.cursor = isFirst ? "b" : "c"
    }
  }

  func watchChanges(
    request: PBWatchChangesRequest, response: RPCWriter<PBWatchChangesResponse>, context: ServerContext
  ) async throws {
    try await response.write(
      .with {
        $0.changes = [Self.changes[0]]
        $0.cursor = request.cursor
      })
    try await response.write(.with { $0.cursor = request.cursor + "+" })
  }

  func serve(_ work: (GRPCClient<InProcessTransport.Client>) async throws -> Void) async throws {
    let transport = InProcessTransport()
    try await withGRPCServer(transport: transport.server, services: [self]) { _ in
      try await withGRPCClient(transport: transport.client, handleClient: work)
    }
  }
}
