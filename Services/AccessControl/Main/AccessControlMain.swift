import AccessControlServer
import ServiceRuntime

@main
enum AccessControlMain {
  static func main() async {
    await ServiceCommand<AccessControlServer>.start()
  }
}
