import AIP
import VigilCasesAPI
import VigilTypeAPI

extension PBMission {
  init(_ mission: Mission) {
    self.init()
    name = MissionName(mission.id).description
    code = mission.code
    displayName = mission.displayName
    kind = PBMission.Kind(number: mission.kind)
    if let date = mission.startDate { startDate = PBPartialDate(date) }
    if let date = mission.endDate { endDate = PBPartialDate(date) }
    active = mission.isActive
    hosts = mission.hosts.map { PBMissionHost($0, of: mission.id) }
    if let whole = mission.partOf { partOf = MissionName(whole).description }
    datesReviewed = mission.areDatesReviewed
    note = mission.note
    etag = Etag(revision: mission.revision).description
  }
}

extension PBMissionHost {
  init(_ host: MissionHost, of mission: MissionID) {
    self.init()
    name = MissionHostName(mission, host.id).description
    state = host.state
    role = PBMissionHost.Role(number: host.role)
    if let date = host.startDate { startDate = PBPartialDate(date) }
    if let date = host.endDate { endDate = PBPartialDate(date) }
    reviewed = host.isReviewed
    agreement = host.agreement
    etag = Etag(revision: host.revision).description
  }
}
