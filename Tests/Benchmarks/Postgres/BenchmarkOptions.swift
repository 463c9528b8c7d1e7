/// The benchmark's command line.
struct BenchmarkOptions: Sendable {
  enum Kind: String { case reads, writes }

  /// Where the callers run.
  enum Place: String {
    /// On event loops, as the handlers of RPCs do.
    case loops
    /// On the thread that the connections live on.
    case reactor
    /// On Swift's own pool of threads.
    case global
  }

  var url = ""
  var kind = Kind.reads
  var duration = Duration.seconds(5)
  var connections = 8
  var rows: Int32 = 1_000_000
  /// One measurement for each.
  var tasks: [Int] = []
  var place = Place.loops

  init(_ arguments: some Sequence<String>) {
    var words = arguments.makeIterator()
    while let option = words.next(), let value = words.next() {
      switch option {
      case "--url": url = value
      case "--kind": kind = Kind(rawValue: value) ?? kind
      case "--seconds": duration = Double(value).map { .seconds($0) } ?? duration
      case "--connections": connections = Int(value) ?? connections
      case "--rows": rows = Int32(value) ?? rows
      case "--tasks": tasks += value.split(separator: ",").compactMap { Int($0) }
      case "--executor": place = Place(rawValue: value) ?? place
      default: break
      }
    }
    if tasks.isEmpty { tasks = [connections, 32 * connections] }
  }

  /// - Parameter count: all calls, those of the warm-up included.
  func line(tasks: Int, perSecond: Int, count: Int) -> String {
    """
    {"client": "vigil", "kind": "\(kind.rawValue)", "connections": \(connections), "tasks": \(tasks), \
    "executor": "\(place.rawValue)", "per_second": \(perSecond), \
    "count": \(count)}
    """
  }
}
