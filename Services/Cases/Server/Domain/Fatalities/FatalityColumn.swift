/// The columns of the data set DPPADPOSS-FATALITIES, by the publisher's names.
enum FatalityColumn: String, CaseIterable, Sendable {
  case id
  case incidentDate = "incident_date"
  case casualtyID = "casualty_id"
  case mission = "mission_acronym"
  case casualtyType = "type_of_casualty"
  case gender
  case nationality = "casualty_nationality"
  case personnelType = "casualty_personnel_type"
  case incidentType = "type_of_incident"
  case m49 = "m49_code"
  case isoCode = "isocode3"
  case lastUpdate = "last_update"
}
