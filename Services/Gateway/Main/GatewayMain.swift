import GatewayServer
import ServiceRuntime

/// `vigil-gateway`: see `--help`.
@main
enum GatewayMain {
  static func main() async {
    await ProcessCommand<GatewayProcess>.start()
  }
}
