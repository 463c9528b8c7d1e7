import AIP
import Postgres

/// What was said of an incident at a time: never changed; a later account stands for it.
struct IncidentAccount: Hashable, Sendable {
  var id: RecordID
  var caseID: RecordID
  /// The incident, whose identifier is that of its first account.
  var incident: RecordID
  /// The place among the accounts of the incident, from 1.
  var revision: Int64
  var occurred: Occurrence
  var zone = ""
  var reported: PostgresTimestamp?
  var territorialState = ""
  var admin1 = ""
  var place = ""
  var point: GeoPoint?
  var contexts: [AttackContext] = []
  var means: [AttackMeans] = []
  var acts: [ActCategory] = []
  var targets: [AttackTarget] = []
  var isOngoing = false
  var narrative = ""
  var narrativeLanguage = ""
  var source: AssertionSource
  var certainty: Certainty
  var externalIDs: [ExternalID] = []
  var known: PartialDate
  var author: RecordID
  var createTime: PostgresTimestamp
}

/// A point on the earth, as precisely as known.
struct GeoPoint: Hashable, Sendable {
  var latitude: Double
  var longitude: Double
  /// In metres; 0 where it is not known.
  var radius: Int32

  /// Nil for what is not one.
  init?(latitude: Double, longitude: Double, radius: Int32) {
    guard (-90...90).contains(latitude), (-180...180).contains(longitude), (0...1_000_000).contains(radius) else {
      return nil
    }
    (self.latitude, self.longitude, self.radius) = (latitude, longitude, radius)
  }

  /// To a tenth of a degree, which is 8 km to the farthest corner.
  var coarse: GeoPoint {
    var point = self
    point.latitude = (latitude * 10).rounded() / 10
    point.longitude = (longitude * 10).rounded() / 10
    point.radius = max(radius, 8000)
    return point
  }
}

/// What another system calls something.
struct ExternalID: Hashable, Sendable {
  var system: ExternalSystem
  var id: String
}

extension [IncidentAccount] {
  /// The last account of each incident, in the order in which incidents came on record.
  var latest: [IncidentAccount] {
    var last: [RecordID: IncidentAccount] = [:]
    for account in self where account.revision > last[account.incident]?.revision ?? 0 {
      last[account.incident] = account
    }
    return last.values.sorted { $0.incident < $1.incident }
  }
}
