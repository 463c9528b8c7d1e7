import Postgres

extension AssertionSource: PostgresEncodable, PostgresDecodable {}
extension Certainty: PostgresEncodable, PostgresDecodable {}
extension ClosureOutcome: PostgresEncodable, PostgresDecodable {}
extension Communication.Act: PostgresEncodable, PostgresDecodable {}
extension Communication.Direction: PostgresEncodable, PostgresDecodable {}
extension Communication.Kind: PostgresEncodable, PostgresDecodable {}
extension DecisionState: PostgresEncodable, PostgresDecodable {}
extension Proceeding.Forum: PostgresEncodable, PostgresDecodable {}
extension ProceedingFact.Kind: PostgresEncodable, PostgresDecodable {}
extension Proposal.State: PostgresEncodable, PostgresDecodable {}
extension Suspect.Status: PostgresEncodable, PostgresDecodable {}
extension Track.Kind: PostgresEncodable, PostgresDecodable {}
