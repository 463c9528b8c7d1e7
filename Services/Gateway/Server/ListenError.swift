/// A listener's address cannot be had. The description is one line for the operator.
struct ListenError: Error, CustomStringConvertible {
  let listener: String
  let host: String
  let port: Int
  let cause: any Error

  var description: String {
    "cannot listen on \(host):\(port) (\(listener).listen): \(cause)"
  }
}
