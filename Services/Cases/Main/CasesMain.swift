import CasesServer
import ServiceRuntime

@main
enum CasesMain {
  static func main() async {
    await ServiceCommand<CasesServer>.start()
  }
}
