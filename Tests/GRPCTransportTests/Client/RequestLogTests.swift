import HTTP2
import NIOCore
import Testing

@testable import GRPCTransport

@Suite("Client: the request log")
struct RequestLogTests {
  private let head: HeaderBlock = {
    var block = HeaderBlock()
    block.append(":method", "POST")
    return block
  }()

  private func frame(_ text: String) -> ByteBuffer { ByteBuffer(string: text) }

  private func rewind(_ log: inout RequestLog) -> Bool { log.rewind() }

  private func drain(_ log: inout RequestLog) -> [RequestLog.Item] {
    var items: [RequestLog.Item] = []
    while let item = log.next() { items.append(item) }
    return items
  }

  @Test("nothing is sent before the head")
  func headFirst() {
    var log = RequestLog(replayLimit: 100)
    log.append(frame("a"))
    #expect(drain(&log).isEmpty)
    log.begin(head)
    #expect(drain(&log) == [.head(head, endStream: false), .data(frame("a"), endStream: false)])
  }

  @Test("the end goes with what is last")
  func ends() {
    var empty = RequestLog(replayLimit: 100)
    empty.begin(head)
    empty.end()
    #expect(drain(&empty) == [.head(head, endStream: true)])

    var whole = RequestLog(replayLimit: 100)
    whole.begin(head)
    whole.append(frame("a"))
    whole.append(frame("b"))
    whole.end()
    #expect(
      drain(&whole) == [
        .head(head, endStream: false), .data(frame("a"), endStream: false), .data(frame("b"), endStream: true),
      ]
    )

    var late = RequestLog(replayLimit: 100)
    late.begin(head)
    late.append(frame("a"))
    _ = drain(&late)
    late.end()
    #expect(drain(&late) == [.end])
    #expect(drain(&late).isEmpty)
  }

  @Test("a rewound log gives everything again, with what came since")
  func replays() {
    var log = RequestLog(replayLimit: 100)
    log.begin(head)
    log.append(frame("one"))
    #expect(log.unsentBytes == 3)
    _ = drain(&log)
    #expect(log.unsentBytes == 0)
    #expect(rewind(&log))
    #expect(log.unsentBytes == 3)
    log.append(frame("two"))
    log.end()
    #expect(
      drain(&log) == [
        .head(head, endStream: false), .data(frame("one"), endStream: false), .data(frame("two"), endStream: true),
      ]
    )
    #expect(rewind(&log))
    #expect(drain(&log).count == 3)
  }

  @Test("after an answer nothing is kept")
  func commits() {
    var log = RequestLog(replayLimit: 100)
    log.begin(head)
    log.append(frame("one"))
    _ = drain(&log)
    log.commit()
    #expect(!rewind(&log))
    log.append(frame("two"))
    #expect(drain(&log) == [.data(frame("two"), endStream: false)])
    log.end()
    #expect(drain(&log) == [.end])
  }

  @Test("more than the limit is not kept; up to it is")
  func limit() {
    var log = RequestLog(replayLimit: 6)
    log.begin(head)
    log.append(frame("one"))
    log.append(frame("two"))
    _ = drain(&log)
    #expect(!log.isCommitted)
    log.append(frame("x"))
    #expect(drain(&log) == [.data(frame("x"), endStream: false)])
    #expect(log.isCommitted)
    #expect(!rewind(&log))
  }
}
