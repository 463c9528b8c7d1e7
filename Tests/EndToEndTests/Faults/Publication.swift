import Foundation
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

/// A small publication of the fatalities, different with each number: one of its rows moves to another day.
struct Publication: Sendable {
  let number: Int

  private static let header = """
    id,incident_date,casualty_id,mission_acronym,type_of_casualty,gender,casualty_nationality,\
    casualty_personnel_type,type_of_incident,m49_code,isocode3,last_update
    """

  private var text: String {
    let rows = (0..<5).map { row in
      let day = row == number % 5 ? 10 + number % 18 : 1 + row
      return """
        \(row),2019-05-\(day < 10 ? "0" : "")\(day),MINUSMA-2019-05-9000\(row),MINUSMA,Fatality,M,France,Military,\
        Malicious Act,250.0,FRA,2026-01-01
        """
    }
    return ([Self.header] + rows).joined(separator: "\r\n") + "\r\n"
  }

  func request(source: String, requestID: String) -> StreamingClientRequest<PBImportUNFatalitiesRequest> {
    let file = Data(text.utf8)
    return StreamingClientRequest { writer in
      let config = PBImportUNFatalitiesConfig.with {
        $0.requestID = requestID
        $0.source = source
        $0.fileSizeBytes = Int64(file.count)
        $0.allowManyWithdrawals = true
      }
      try await writer.write(.with { $0.config = config })
      try await writer.write(.with { $0.chunk = file })
    }
  }
}
