package import ServiceRuntime

/// The settings of a service that decides by the policy; it adds ``group`` to its own, and `MeshSettings.group`.
package enum PolicySettings {
  package static let keys = Setting<String>(
    "policy.keys",
    default: nil,
    form: "path",
    """
    File of the keys of access control whose policies are taken: the lines that `vigil-access policy-key` prints. Read \
    again when a policy is signed with a key that is not in it.
    """
  )
  package static let cache = Setting<String?>(
    "policy.cache",
    default: .some(nil),
    form: "path",
    """
    File that keeps the last policy for a start without access control; none if unset. An older policy than the one in it \
    is never taken: remove it when access control's database was restored from a copy.
    """
  )
  package static let staleness = Setting<Duration>(
    "policy.staleness",
    default: .seconds(30),
    "How old the policy may be. Beyond it nobody may do anything until access control is followed again."
  )

  package static let group = SettingGroup("Policy", [keys, cache, staleness])
}
