import HTTP2
import NIOCore

/// Keeps a number of calls in flight on one connection.
final class LoadConnection: HTTP2ConnectionDelegate {
  private struct Call {
    var began: NIODeadline
    var isOK = false
  }

  private let plan: LoadPlan
  private let tally: Tally
  private let streams: Int
  private var calls: [HTTP2StreamID: Call] = [:]
  private var next = 0

  init(plan: LoadPlan, tally: Tally, streams: Int) {
    self.plan = plan
    self.tally = tally
    self.streams = streams
  }

  func connectionDidOpen(_ connection: Connection) {
    for _ in 0..<self.streams { self.begin(on: connection) }
  }

  func connection(_ connection: Connection, didReceive event: HTTP2Event) {
    switch event {
    case .headers(let id, let block, _), .trailers(let id, let block):
      if block["grpc-status"] == "0" { self.calls[id]?.isOK = true }
    case .data(let id, let bytes, _):
      connection.consume(id, bytes: bytes.readableBytes)
    case .closed(let id, _):
      self.end(id)
      self.begin(on: connection)
    default:
      break
    }
  }

  func connectionDidClose(_ connection: Connection, error: HTTP2Error?) {
    self.tally.connectionLost()
  }

  private func begin(on connection: Connection) {
    guard let id = try? connection.submitRequest(self.plan.headers, endStream: false) else { return }
    self.calls[id] = Call(began: .now())
    connection.write(self.plan.frames[self.next % self.plan.frames.count], to: id, endStream: true)
    self.next += 1
  }

  private func end(_ id: HTTP2StreamID) {
    guard let call = self.calls.removeValue(forKey: id) else { return }
    self.tally.count(isOK: call.isOK, time: .now() - call.began)
  }
}
