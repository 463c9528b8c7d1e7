#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// What the common failures of `connect` mean for whoever has to mend them.
enum ConnectText {
  static func explanation(errno code: CInt) -> String? {
    switch code {
    case ECONNREFUSED: "connection refused: nothing listens there"
    case ENOENT: "the socket does not exist: nothing listens there"
    case EACCES, EPERM: "permission denied"
    case EHOSTUNREACH: "no route to the host"
    case ENETUNREACH: "the network cannot be reached"
    case ETIMEDOUT: "no answer in time"
    case ECONNRESET: "the other side reset the connection"
    case EMFILE, ENFILE: "too many open files: raise the limit (ulimit -n)"
    default: nil
    }
  }
}
