import Foundation
import SwiftProtobuf
import VigilAccessAPI

/// A session as it is kept between two commands.
struct StoredSession: Codable, Hashable, Sendable {
  /// The gateway that it is for.
  var address: String
  var accessToken: String
  /// When that ends, in seconds since 1970.
  var accessEnd: Int64
  var refreshToken: String
  var principal: String
  /// Its name.
  var session: String

  init(_ tokens: PBSessionTokens, address: Address) {
    self.address = address.description
    accessToken = tokens.accessToken
    accessEnd = tokens.accessExpireTime.seconds
    refreshToken = tokens.refreshToken
    principal = tokens.principal
    session = tokens.session
  }

  /// Whether a call that begins now can be made with its access token.
  func isFresh(at now: Date = Date()) -> Bool { Int64(now.timeIntervalSince1970) + 30 < accessEnd }
}
