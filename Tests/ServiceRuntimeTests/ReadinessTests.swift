import ServiceRuntime
import Synchronization
import Telemetry
import Testing

@Suite("Readiness and the admin port's answers")
struct ReadinessTests {
  private let readiness = Readiness()

  private func get(_ target: String, method: String = "GET") -> AdminRoutes.Response {
    AdminRoutes(readiness: readiness, metrics: PrometheusRegistry()).respond(method: method, target: target)
  }

  @Test("a process is ready when all its parts are, and says which is not")
  func ready() {
    let database = readiness.declare("database")
    let listener = readiness.declare("grpc listener")
    #expect(get("/readyz").status == 503)
    database.set(.ready)
    listener.set(.notReady("stopped"))
    #expect(get("/readyz?verbose").body == "[+] database ok\n[-] grpc listener stopped\nnot ready\n")
    listener.set(.ready)
    #expect(get("/readyz").status == 200)
    #expect(get("/readyz").body == "[+] database ok\n[+] grpc listener ok\nready\n")
  }

  @Test("observers hear of changes of the whole only")
  func observers() {
    let heard = Mutex<[Bool]>([])
    let first = readiness.declare("a")
    let second = readiness.declare("b")
    readiness.observe { isReady in heard.withLock { $0.append(isReady) } }
    first.set(.ready)
    second.set(.ready)
    second.set(.ready)
    first.set(.notReady("x"))
    second.set(.notReady("y"))
    #expect(heard.withLock { $0 } == [false, true, false])
  }

  @Test("other requests")
  func others() {
    #expect(get("/livez").status == 200)
    #expect(get("/livez", method: "HEAD").status == 200)
    #expect(get("/livez", method: "POST").status == 405)
    #expect(get("/").status == 404)
    #expect(get("/readyzz").status == 404)
    #expect(get("/metrics").contentType == "text/plain; version=0.0.4; charset=utf-8")
  }
}
