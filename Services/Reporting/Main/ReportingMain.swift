import ReportingServer
import ServiceRuntime

@main
enum ReportingMain {
  static func main() async {
    await ServiceCommand<ReportingServer>.start()
  }
}
