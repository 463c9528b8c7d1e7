/// The configuration of vigil-cases that differs from other services'.
enum CasesConfiguration {
  static let defaults = [
    "grpc.listen": "127.0.0.1:9101",
    "admin.listen": "127.0.0.1:9191",
  ]
}
