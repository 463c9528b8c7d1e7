/// The configuration of vigil-notifications that differs from other services'; it has no settings of its own yet.
enum NotificationsConfiguration {
  static let defaults = [
    "grpc.listen": "127.0.0.1:9102",
    "admin.listen": "127.0.0.1:9192",
  ]
}
