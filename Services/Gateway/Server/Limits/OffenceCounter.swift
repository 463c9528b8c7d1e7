import Metrics

/// `vigil_http2_abuse_total`: how often clients went beyond a limit, by the kind of limit. Every kind is there from the
/// start, so that a dashboard shows a zero and not a gap.
struct OffenceCounter: Sendable {
  private let counters: [Offence: Counter]

  init() {
    let pairs = Offence.all.map { offence in
      (offence, Counter(label: "vigil_http2_abuse_total", dimensions: [("kind", offence.label)]))
    }
    counters = Dictionary(uniqueKeysWithValues: pairs)
    for counter in counters.values { counter.increment(by: 0) }
  }

  func count(_ offence: Offence) {
    counters[offence]?.increment()
  }
}
