import Metrics
import Telemetry
import Testing

/// The exposition format 0.0.4.
@Suite("Prometheus")
struct PrometheusTests {
  private let registry = PrometheusRegistry(seriesLimit: 3)

  private func lines(_ prefix: String) -> [String] {
    registry.exposition().split(separator: "\n").map(String.init).filter { $0.contains(prefix) }
  }

  @Test("counters grow, and the same labels are the same series")
  func counters() {
    Counter(label: "calls_total", dimensions: [("code", "OK")], factory: registry).increment(by: 2)
    Counter(label: "calls_total", dimensions: [("code", "OK")], factory: registry).increment()
    Counter(label: "calls_total", dimensions: [("code", "NOT_FOUND")], factory: registry).increment()
    registry.describe("calls_total", "Calls\nby code.")
    #expect(
      lines("calls_total") == [
        "# HELP calls_total Calls by code.",
        "# TYPE calls_total counter",
        #"calls_total{code="NOT_FOUND"} 1"#,
        #"calls_total{code="OK"} 3"#,
      ]
    )
  }

  @Test("gauges go up and down")
  func gauges() {
    let gauge = Gauge(label: "open", factory: registry)
    gauge.record(3)
    gauge.record(1.5)
    let meter = Meter(label: "queue", factory: registry)
    meter.set(4)
    meter.increment(by: 2)
    meter.decrement()
    #expect(lines("open") == ["# TYPE open gauge", "open 1.5"])
    #expect(lines("queue") == ["# TYPE queue gauge", "queue 5"])
  }

  @Test("timers are histograms of seconds")
  func timers() {
    let timer = Timer(label: "handling_seconds", factory: registry)
    timer.recordMilliseconds(1)
    timer.recordMilliseconds(3)
    timer.recordSeconds(60)
    let text = lines("handling_seconds")
    #expect(text.contains(#"handling_seconds_bucket{le="0.0005"} 0"#))
    #expect(text.contains(#"handling_seconds_bucket{le="0.001"} 1"#))
    #expect(text.contains(#"handling_seconds_bucket{le="0.005"} 2"#))
    #expect(text.contains(#"handling_seconds_bucket{le="30"} 2"#))
    #expect(text.contains(#"handling_seconds_bucket{le="+Inf"} 3"#))
    #expect(text.contains("handling_seconds_sum 60.004"))
    #expect(text.contains("handling_seconds_count 3"))
  }

  @Test("recorders are histograms of sizes, with labels")
  func recorders() {
    let recorder = Recorder(label: "bytes", dimensions: [("way", "in")], factory: registry)
    recorder.record(16)
    recorder.record(17)
    let text = lines("bytes")
    #expect(text.contains(#"bytes_bucket{way="in",le="16"} 1"#))
    #expect(text.contains(#"bytes_bucket{way="in",le="64"} 2"#))
    #expect(text.contains(#"bytes_sum{way="in"} 33"#))
  }

  @Test("names and values are made fit")
  func names() {
    Counter(label: "a.b-c", dimensions: [("x:y", "q\"\\\n")], factory: registry).increment()
    Counter(label: "9lives", factory: registry).increment()
    #expect(lines("a_b_c").last == #"a_b_c{x_y="q\"\\\n"} 1"#)
    #expect(lines("lives").last == "_9lives 1")
  }

  @Test("too many combinations of labels share one series")
  func cardinality() {
    for number in 0..<10 {
      Counter(label: "c", dimensions: [("user", "u\(number)")], factory: registry).increment()
    }
    #expect(
      lines("c{") == [#"c{user="overflow"} 7"#, #"c{user="u0"} 1"#, #"c{user="u1"} 1"#, #"c{user="u2"} 1"#]
    )
  }

  @Test("a name that is used as two kinds stays what it was first")
  func kinds() {
    Counter(label: "n", factory: registry).increment()
    Gauge(label: "n", factory: registry).record(7)
    #expect(lines("n") == ["# TYPE n counter", "n 1"])
  }

  @Test("what is destroyed is not shown")
  func destroyed() {
    let counter = Counter(label: "gone", factory: registry)
    counter.increment()
    counter.destroy()
    #expect(lines("gone").isEmpty)
  }

  @Test("collectors run before each exposition")
  func collectors() {
    let gauge = Gauge(label: "fresh", factory: registry)
    registry.collect { gauge.record(9) }
    #expect(lines("fresh").last == "fresh 9")
  }

  @Test("concurrent counting loses nothing")
  func concurrency() async {
    let counter = Counter(label: "hits", factory: registry)
    let meter = Meter(label: "level", factory: registry)
    let timer = Timer(label: "t", factory: registry)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<1_000 {
            counter.increment()
            meter.increment()
            timer.recordNanoseconds(1)
          }
        }
      }
    }
    #expect(lines("hits").last == "hits 8000")
    #expect(lines("level").last == "level 8000")
    #expect(lines("t_count").last == "t_count 8000")
  }
}
