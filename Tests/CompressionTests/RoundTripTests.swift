import Compression
import NIOCore
import Testing

@Suite("Compression: round trips")
struct RoundTripTests {
  enum Message: CaseIterable {
    case empty, oneByte, text, repetitive, noise

    var bytes: [UInt8] {
      switch self {
      case .empty: []
      case .oneByte: [0]
      case .text: Array("the quick brown fox".utf8)
      case .repetitive: [UInt8](repeating: 7, count: 1_000_000)
      case .noise: Noise(seed: 1).bytes(100_003)
      }
    }
  }

  @Test(arguments: CompressionFormat.allCases, Message.allCases)
  func restoresTheMessage(format: CompressionFormat, message: Message) throws {
    var compressor = try Compressor(format)
    var decompressor = try Decompressor(format)
    let bytes = message.bytes
    let compressed = try compressor.compress(bytes)
    #expect(!compressed.isEmpty)
    #expect(try decompressor.decompress(compressed, limit: bytes.count) == bytes)
  }

  @Test(arguments: CompressionFormat.allCases)
  func contextsServeMessageAfterMessage(format: CompressionFormat) throws {
    var compressor = try Compressor(format)
    var decompressor = try Decompressor(format)
    for length in stride(from: 0, to: 5000, by: 497) {
      let message = Noise(seed: UInt64(length)).bytes(length)
      let compressed = try compressor.compress(message)
      #expect(try decompressor.decompress(compressed, limit: 5000) == message)
    }
  }

  @Test
  func buffersAreReadWithoutBeingConsumed() throws {
    var compressor = try Compressor(.gzip)
    var decompressor = try Decompressor(.gzip)
    let message = ByteBuffer(string: "head, body and tail")
    let compressed = try compressor.compress(message)
    #expect(message.readableBytes == 19)
    #expect(try decompressor.decompress(compressed, limit: 100) == message)
  }

  @Test(arguments: [0, 1, 6, 9, -4, 99])
  func anyLevelIsAccepted(level: Int) throws {
    let message = [UInt8](repeating: 1, count: 4096)
    #expect(try Gzip.decompress(Gzip.compress(message, level: level), limit: 4096) == message)
  }

  @Test
  func repetitiveMessagesShrink() throws {
    #expect(try Gzip.compress([UInt8](repeating: 9, count: 100_000)).count < 1000)
  }

  @Test("gzip and zlib forms carry their magic numbers, so that other implementations know them")
  func formats() throws {
    var gzip = try Compressor(.gzip)
    var deflate = try Compressor(.deflate)
    #expect(try gzip.compress([1, 2, 3]).prefix(3) == [0x1F, 0x8B, 0x08])
    #expect(try deflate.compress([1, 2, 3]).first == 0x78)
  }

  @Test("a stream written by zlib elsewhere is understood")
  func foreignStream() throws {
    // Python: zlib.compress(b"peacekeeping", 9)
    let foreign: [UInt8] = [
      0x78, 0xDA, 0x2B, 0x48, 0x4D, 0x4C, 0x4E, 0xCD, 0x4E, 0x4D, 0x2D, 0xC8, 0xCC, 0x4B, 0x07, 0x00, 0x1F, 0x92,
      0x04, 0xE2,
    ]
    var decompressor = try Decompressor(.deflate)
    #expect(try decompressor.decompress(foreign, limit: 12) == Array("peacekeeping".utf8))
  }
}
