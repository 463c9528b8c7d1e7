/// When a hat must have been worn to make a reader of its party (5e: "evaluated at incident date and now").
package enum HatMoment: UInt8, PolicyCode {
  /// On a day on which the incident may have happened.
  case incident
  /// On the day of the request.
  case now

  package var code: String {
    switch self {
    case .incident: "INCIDENT"
    case .now: "NOW"
    }
  }
}
