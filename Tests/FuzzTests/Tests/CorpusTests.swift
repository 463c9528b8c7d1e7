import Testing

/// The short run of the fuzz targets, without sanitizers: every committed input, and changes of each made by chance
/// from a fixed seed. `deploy/fuzz` is the long one.
@Suite("Hostile bytes")
struct CorpusTests {
  @Test("every target has a corpus, and every corpus a target")
  func complete() throws {
    #expect(try Corpus.names() == FuzzTarget.all.map(\.name).sorted())
  }

  @Test("what the corpus holds", arguments: FuzzTarget.all.map(\.name))
  func replay(_ name: String) throws {
    let target = try #require(FuzzTarget.named(name))
    for input in try Corpus.inputs(of: target) {
      #expect(throws: Never.self, "\(name)/\(input.name)") { try target.check(input.bytes) }
    }
  }

  @Test("what the corpus may become", arguments: FuzzTarget.all.map(\.name))
  func mutations(_ name: String) throws {
    let target = try #require(FuzzTarget.named(name))
    let inputs = try Corpus.inputs(of: target).map(\.bytes)
    var mutation = Mutation(seed: 2589)
    for input in inputs {
      for _ in 0..<100 {
        let bytes = mutation.mutate(input, with: inputs)
        #expect(throws: Never.self, "\(name): \(bytes)") { try target.check(bytes) }
      }
    }
  }

  @Test("no input at all, and one byte of any value", arguments: FuzzTarget.all.map(\.name))
  func smallest(_ name: String) throws {
    let target = try #require(FuzzTarget.named(name))
    #expect(throws: Never.self) { try target.check([]) }
    for byte in UInt8.min...UInt8.max {
      #expect(throws: Never.self, "\(byte)") { try target.check([byte]) }
    }
  }

  @Test("a finding is told")
  func finding() {
    let target = FuzzTarget(name: "none") { bytes throws(FuzzFinding) in try hold(bytes.isEmpty, "\(bytes.count) bytes")
    }
    #expect(throws: FuzzFinding.self) { try target.check([1]) }
  }
}
