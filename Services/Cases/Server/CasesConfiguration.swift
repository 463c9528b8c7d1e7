import ServiceRuntime

/// The configuration of vigil-cases that differs from other services'.
enum CasesConfiguration {
  static let exercise = Setting<Bool>(
    "exercise.enabled",
    default: false,
    """
    Whether the deployment is one for exercises: an empty register may be filled with fictional cases, and nothing real \
    goes into it afterwards.
    """
  )

  static let evidenceDirectory = Setting<String>(
    "evidence.directory",
    default: nil,
    form: "path",
    """
    Folder of the content of evidence, encrypted; made where there is none. Instances that share a database share it. To \
    be kept as the database is.
    """
  )

  static let evidenceLimit = Setting<ByteCount>(
    "evidence.max-size",
    default: ByteCount(bytes: 16 << 30),
    "The most content that an item of evidence has."
  )

  static let defaults = [
    "grpc.listen": "127.0.0.1:9101",
    "admin.listen": "127.0.0.1:9191",
  ]
}
