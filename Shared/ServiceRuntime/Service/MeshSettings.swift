/// The settings of a service that calls others; it adds ``group`` to its own.
package enum MeshSettings {
  package static let target = Setting<String>(
    "mesh.target",
    default: "127.0.0.1:8444",
    form: "host:port,…",
    "Where the gateway takes calls of services."
  )

  package static let group = SettingGroup("Calls of others", [target])
}
