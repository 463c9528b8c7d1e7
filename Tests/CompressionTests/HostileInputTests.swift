import Compression
import Testing

@Suite("Compression: hostile input")
struct HostileInputTests {
  @Test("a bomb is stopped at the limit", arguments: CompressionFormat.allCases)
  func bomb(format: CompressionFormat) throws {
    var compressor = try Compressor(format, level: 9)
    let bomb = try compressor.compress([UInt8](repeating: 0, count: 64 << 20))
    #expect(bomb.count < 100_000)
    var decompressor = try Decompressor(format)
    #expect(throws: CompressionError.outputLimitExceeded(limit: 4096)) {
      try decompressor.decompress(bomb, limit: 4096)
    }
  }

  @Test("the limit itself is allowed, one byte more is not", arguments: [0, 1, 255, 256, 257, 4096, 100_000])
  func limitIsExact(length: Int) throws {
    let compressed = try Gzip.compress([UInt8](repeating: 3, count: length))
    #expect(try Gzip.decompress(compressed, limit: length).count == length)
    let longer = try Gzip.compress([UInt8](repeating: 3, count: length + 1))
    #expect(throws: CompressionError.outputLimitExceeded(limit: length)) {
      try Gzip.decompress(longer, limit: length)
    }
  }

  @Test("every prefix of a stream is cut short")
  func truncated() throws {
    let whole = try Gzip.compress(Noise(seed: 5).bytes(300))
    for end in 0..<whole.count {
      #expect(throws: CompressionError.truncated) { try Gzip.decompress(Array(whole[..<end]), limit: 1000) }
    }
  }

  @Test("a changed byte of the body or the checksum never passes for the message")
  func corrupted() throws {
    let message = Noise(seed: 6).bytes(300)
    let whole = try Gzip.compress(message)
    for index in 10..<whole.count {
      var changed = whole
      changed[index] ^= 0x55
      #expect((try? Gzip.decompress(changed, limit: 1000)) != message)
    }
  }

  @Test(arguments: [[1, 2, 3], Array("not gzip at all".utf8), [0x1F, 0x8B, 0x09, 0]] as [[UInt8]])
  func otherFormats(input: [UInt8]) {
    #expect(throws: CompressionError.corrupt) { try Gzip.decompress(input, limit: 1000) }
  }

  @Test("bytes behind the end: another gzip member continues the message, anything else is corrupt")
  func trailingBytes() throws {
    let one = try Gzip.compress([1, 2])
    let two = try Gzip.compress([3])
    #expect(try Gzip.decompress(one + two, limit: 3) == [1, 2, 3])
    #expect(throws: CompressionError.corrupt) { try Gzip.decompress(one + [9, 9, 9], limit: 3) }
    var compressor = try Compressor(.deflate)
    var decompressor = try Decompressor(.deflate)
    let deflated = try compressor.compress([1])
    #expect(throws: CompressionError.corrupt) { try decompressor.decompress(deflated + [0], limit: 3) }
  }

  @Test("a failed message leaves nothing behind for the next")
  func contextSurvivesErrors() throws {
    var decompressor = try Decompressor(.gzip)
    let good = try Gzip.compress([1, 2, 3])
    #expect(throws: CompressionError.corrupt) { try decompressor.decompress([9, 9, 9], limit: 10) }
    #expect(throws: CompressionError.truncated) { try decompressor.decompress(Array(good.prefix(14)), limit: 10) }
    #expect(throws: CompressionError.outputLimitExceeded(limit: 1)) { try decompressor.decompress(good, limit: 1) }
    #expect(try decompressor.decompress(good, limit: 10) == [1, 2, 3])
  }
}
