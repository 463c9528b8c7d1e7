import AIP
import Crypto
import Foundation
import TestSupport
import Testing

@testable import Content

@Suite("Content")
struct ContentTests {
  private static let chunk = ContentFormat.chunkSize

  @Test(
    "comes back as it went in, whatever its size and in whatever parts it comes",
    arguments: [1, 15, chunk - 1, chunk, chunk + 1, 2 * chunk, 2 * chunk + 7], [chunk, 100_000, 3 * chunk])
  func roundTrip(_ size: Int, _ part: Int) async throws {
    let bench = try await Workbench(size: size)
    #expect(try await bench.take(in: part))
    #expect(try await bench.give() == bench.plain)
    for offset in [1, size / 2, size - 1, size] {
      #expect(try await bench.give(from: Int64(offset)) == bench.plain.dropFirst(offset))
    }
    let format = bench.format()
    let stored = try Data(contentsOf: bench.stored)
    #expect(Int64(stored.count) == format.storedSize && stored.count == size + 16 * Int(format.chunkCount))
    #expect(size < 16 || stored.range(of: bench.plain.prefix(16)) == nil)
    let mode = try FileManager.default.attributesOfItem(atPath: bench.stored.path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder.path) == [bench.id.description])
  }

  @Test("another digest, less or more than was announced is not complete")
  func announced() async throws {
    let bench = try await Workbench(size: 1000)
    #expect(try await !bench.take(bench.plain.dropLast()))
    var other = bench.plain
    other[500] ^= 1
    try await bench.store.remove(bench.id)
    #expect(try await !bench.take(other))
    try await bench.store.remove(bench.id)
    #expect(try await fault { try await bench.take(bench.plain + [0]) } == .unexpected)
    #expect(try await fault { try await bench.give() } == .missing)
  }

  /// What somebody who can write the folder may do to what is stored.
  static let changes: [(String, @Sendable (inout Data) -> Void)] = [
    ("a bit", { $0[5] ^= 1 }), ("a bit of a tag", { $0[chunk + 3] ^= 0x80 }),
    ("a bit of the end", { $0[$0.count - 1] ^= 1 }),
    ("one byte less", { $0.removeLast() }), ("one byte more", { $0.append(0) }), ("nothing left", { $0 = Data() }),
    ("the last chunk cut off", { $0 = $0.prefix(2 * (chunk + 16)) }),
    (
      "two chunks in each other's place",
      { $0 = $0[(chunk + 16)..<(2 * (chunk + 16))] + $0.prefix(chunk + 16) + $0.dropFirst(2 * (chunk + 16)) }
    ),
    ("a chunk twice", { $0 = $0.prefix(chunk + 16) + $0.prefix(chunk + 16) + $0.dropFirst(2 * (chunk + 16)) }),
  ]

  @Test("what was changed, put elsewhere or cut off is damaged", arguments: changes.indices)
  func damaged(_ index: Int) async throws {
    let bench = try await Workbench(size: 2 * Self.chunk + 9)
    try await bench.take()
    var stored = try Data(contentsOf: bench.stored)
    Self.changes[index].1(&stored)
    try stored.write(to: bench.stored)
    #expect(try await fault { try await bench.give() } == .damaged, "\(Self.changes[index].0)")
  }

  @Test("a file that was cut after a whole chunk does not pass for one that ends there")
  func cut() async throws {
    let bench = try await Workbench(size: 2 * Self.chunk)
    try await bench.take()
    let stored = try Data(contentsOf: bench.stored)
    try stored.prefix(Self.chunk + 16).write(to: bench.stored)
    let shorter = ContentFormat(size: Int64(Self.chunk), key: bench.key, attempts: [0])
    #expect(try await fault { try await bench.give(shorter) } == .damaged)
  }

  @Test("another key, or another's content, does not open")
  func keys() async throws {
    let bench = try await Workbench(size: 100)
    try await bench.take()
    let other = ContentFormat(size: 100, key: (0..<32).map { _ in .random(in: .min ... .max) }, attempts: [0])
    #expect(try await fault { try await bench.give(other) } == .damaged)
  }

  @Test("goes on after the last whole chunk, with what a crash tore dropped, and no nonce is used twice")
  func resume() async throws {
    let bench = try await Workbench(size: 3 * Self.chunk + 5)
    #expect(try await bench.store.settledSize(of: bench.id) == 0)
    #expect(try await !bench.take(bench.plain.prefix(2 * Self.chunk + 77)))
    let settled = try await bench.store.settledSize(of: bench.id)
    #expect(bench.format().plainSize(of: settled) == Int64(2 * Self.chunk))
    // A chunk that was written in part, and before it one that was never written through.
    var part = try Data(contentsOf: bench.part)
    part.append(Data(count: 1000))
    part[Self.chunk + 100] ^= 1
    try part.write(to: bench.part)
    let first = part.prefix(Self.chunk + 16)
    #expect(try await bench.take(attempts: [0, 1]))
    #expect(try await bench.give(bench.format([0, 1])) == bench.plain)
    let stored = try Data(contentsOf: bench.stored)
    #expect(stored.prefix(Self.chunk + 16) == first)
    // The same chunk of the first attempt does not open in place of what the second wrote.
    #expect(try await fault { try await bench.give(bench.format([0])) } == .damaged)
    #expect(stored[(Self.chunk + 16)..<(Self.chunk + 32)] != part[(Self.chunk + 16)..<(Self.chunk + 32)])
  }

  @Test("one at a time writes it, and what was finished for nobody is a draft again")
  func drafts() async throws {
    let bench = try await Workbench(size: 10)
    let draft = try await bench.store.draft(of: bench.id)
    #expect(try await fault { try await bench.store.draft(of: bench.id) } == .busy)
    draft.close()
    #expect(try await bench.take())
    let again = try await bench.store.draft(of: bench.id)
    #expect(try await fault { try await bench.store.draft(of: bench.id) } == .busy)
    #expect(FileManager.default.fileExists(atPath: bench.part.path))
    let intake = try await ContentIntake(again, bench.format())
    #expect(intake.taken == 10 && intake.nextChunk == nil && intake.isComplete(bench.sha256))
    try await again.finish()
    again.close()
    #expect(try await bench.give() == bench.plain)
    try await bench.store.remove(bench.id)
    try await bench.store.remove(bench.id)
    #expect(try await fault { try await bench.give() } == .missing)
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder.path).isEmpty)
  }

  @Test("a lock ends when the task that held it was cancelled")
  func cancelled() async throws {
    let bench = try await Workbench(size: 10)
    let task = Task {
      let draft = try await bench.store.draft(of: bench.id)
      defer { draft.close() }
      try await Task.sleep(for: .seconds(1000))
    }
    while try await fault({ try await bench.store.draft(of: bench.id).close() }) != .busy { await Task.yield() }
    task.cancel()
    _ = await task.result
    #expect(try await bench.take())
  }

  @Test(
    "what the file system says is told apart",
    arguments: [
      (ENOSPC, ContentFault.full), (EDQUOT, .full), (EFBIG, .full), (ENOENT, .missing), (EWOULDBLOCK, .busy),
      (EIO, .failed("error \(EIO) of the file system")),
    ])
  func faults(_ number: Int32, _ expected: ContentFault) throws {
    #expect(ContentFault.ofFileSystem(number) == expected)
  }

  @Test("a folder that cannot be is said to fail, and no write is half of what it says")
  func unusable() async throws {
    let bench = try await Workbench(size: 10)
    let file = try bench.folder.write("text", to: "file")
    let failure = try await fault { try await ContentDirectory(path: file + "/below") }
    #expect(failure != nil)
  }
}
