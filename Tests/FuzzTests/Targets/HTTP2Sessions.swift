import HTTP2
import NIOCore

extension FuzzTarget {
  /// Receives what a client sends. The first byte: whether the input begins with the preface; the second: how it is cut.
  static let http2Server = FuzzTarget(name: "http2-server") { bytes throws(FuzzFinding) in
    var input = FuzzInput(bytes)
    let greets = input.byte().isMultiple(of: 2)
    let seed = input.byte()
    var drive = try HTTP2Drive(role: .server)
    if greets { drive.receive(HTTP2Drive.clientGreeting) }
    for piece in input.pieces(seed: seed) where !drive.hasFailed {
      drive.receive(Array(piece))
      try drive.react()
    }
    try drive.end()
  }

  /// Receives what a server sends, with requests under way. The first byte: how many; the second: how it is cut.
  static let http2Client = FuzzTarget(name: "http2-client") { bytes throws(FuzzFinding) in
    var input = FuzzInput(bytes)
    let requests = Int(input.byte() % 6)
    let seed = input.byte()
    var drive = try HTTP2Drive(role: .client)
    for number in 0..<requests { try drive.request(endStream: number.isMultiple(of: 2)) }
    for piece in input.pieces(seed: seed) where !drive.hasFailed {
      drive.receive(Array(piece))
      try drive.react()
    }
    try drive.end()
  }
}
