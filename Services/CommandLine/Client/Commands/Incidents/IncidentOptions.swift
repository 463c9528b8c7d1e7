import ArgumentParser
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// What is said of an incident.
struct IncidentOptions: ParsableArguments {
  @Option(help: ArgumentHelp("When, in EDTF: 2020-05-10T14:30, 2020-05~, 2020-05-10/…", valueName: "when"))
  var occurred: String = ""
  @Option(help: ArgumentHelp("Time zone of that: Africa/Bamako or +02:00.", valueName: "zone"))
  var zone: String = ""
  @Option(help: ArgumentHelp("When it was reported: 2020-05-10T16:00:00Z.", valueName: "time"))
  var reported: Moment?
  @Option(help: ArgumentHelp("State or territory where it happened.", valueName: "code"))
  var state: String = ""
  @Option(help: ArgumentHelp("First-level area there.", valueName: "text"))
  var area: String = ""
  @Option(help: ArgumentHelp("The place.", valueName: "text"))
  var place: String = ""
  @Option(help: ArgumentHelp("The point: latitude,longitude or latitude,longitude,metres.", valueName: "point"))
  var point: String = ""
  @Option(help: "AMBUSH, RAID, COMPLEX, CHECKPOINT, …; as often as there are any.")
  var context: [String] = []
  @Option(help: "SMALL_ARMS, ROADSIDE_IED, MINE, …; as often as there are any.")
  var means: [String] = []
  @Option(help: "KILLING, ABDUCTION, …; as often as there are any.")
  var act: [String] = []
  @Option(help: "PERSON, PREMISES, CONVOY, AIRCRAFT or PATROL; as often as there are any.")
  var target: [String] = []
  @Flag(help: "It goes on.")
  var ongoing = false
  @Option(help: ArgumentHelp("What happened in words, no names of persons.", valueName: "text"))
  var narrative: String = ""
  @Option(help: ArgumentHelp("Language of that: fr.", valueName: "tag"))
  var language: String = ""
  @Option(help: "MISSION, HOST_STATE, MEDIA, UN_HQ, ….")
  var source: String = ""
  @Option(help: "RUMOUR, POSSIBLE, PROBABLE or CONFIRMED.")
  var certainty: String = ""
  @Option(help: ArgumentHelp("Identifier elsewhere: SAGE:123; as often as there are any.", valueName: "id"))
  var externalID: [String] = []

  func message() throws(CommandFailure) -> PBIncident {
    var incident = PBIncident()
    incident.occurred = occurred
    incident.zone = zone
    if let reported { incident.reportTime = reported.time }
    incident.territorialState = state
    incident.admin1 = area
    incident.place = place
    if !point.isEmpty { incident.point = try geoPoint() }
    incident.contexts = try words(context, option: "context")
    incident.means = try words(means, option: "means")
    incident.acts = try words(act, option: "act")
    incident.targets = try words(target, option: "target")
    incident.ongoing = ongoing
    incident.narrative = narrative
    incident.narrativeLanguage = language
    if !source.isEmpty { incident.source = try word(source, option: "source") }
    if !certainty.isEmpty { incident.certainty = try word(certainty, option: "certainty") }
    for text in externalID { incident.externalIds.append(try Self.externalID(text)) }
    return incident
  }

  private func geoPoint() throws(CommandFailure) -> PBGeoPoint {
    let parts = point.split(separator: ",", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let latitude = Double(parts[0]), let longitude = Double(parts[1]),
      let radius = parts.count == 3 ? Int32(parts[2]) : 0
    else { throw CommandFailure(status: .usage, reason: "--point must be like 12.5,-1.25 or 12.5,-1.25,200") }
    return .with {
      $0.latitude = latitude
      $0.longitude = longitude
      $0.radiusMeters = radius
    }
  }

  private static func externalID(_ text: String) throws(CommandFailure) -> PBExternalID {
    let parts = text.split(separator: ":", maxSplits: 1)
    guard parts.count == 2 else {
      throw CommandFailure(status: .usage, reason: "--external-id must be like SAGE:123, not '\(text)'")
    }
    var id = PBExternalID()
    id.system = try word(String(parts[0]), option: "external-id")
    id.id = String(parts[1])
    return id
  }
}
