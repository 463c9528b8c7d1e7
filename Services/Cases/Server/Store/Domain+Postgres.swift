import Postgres

// Vocabularies are stored as their numbers, partial dates as one number, mission ids as text.

extension PartialDate: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  static var arrayType: PostgresType { .int4Array }
}

extension MissionID: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  static var arrayType: PostgresType { .textArray }
}

extension PersonnelCategory: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  static var arrayType: PostgresType { .int2Array }
}

extension Sex: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  static var arrayType: PostgresType { .int2Array }
}

extension IncidentType: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  static var arrayType: PostgresType { .int2Array }
}

extension Case.State: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  static var arrayType: PostgresType { .int2Array }
}

extension ImportPlan.Event.Kind: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  static var arrayType: PostgresType { .int2Array }
}

extension FatalityRefusal.Reason: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  static var arrayType: PostgresType { .int2Array }
}

extension ActCategory: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  static var arrayType: PostgresType { .int2Array }
}

extension Harm: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  static var arrayType: PostgresType { .int2Array }
}

extension EmployerRelation: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  static var arrayType: PostgresType { .int2Array }
}

extension AgeBand: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
  static var arrayType: PostgresType { .int2Array }
}

extension Mission.Kind: PostgresEncodable, PostgresDecodable {}
extension MissionHost.Role: PostgresEncodable, PostgresDecodable {}
