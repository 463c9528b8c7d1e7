import NotificationsServer
import ServiceRuntime

@main
enum NotificationsMain {
  static func main() async {
    await ServiceCommand<NotificationsServer>.start()
  }
}
