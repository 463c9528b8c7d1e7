import AIP
import GRPCCore

/// Why a publication is not imported although its file is sound.
enum ImportRefusal {
  /// FAILED_PRECONDITION: a later publication is on record.
  static func superseded(by latest: PartialDate) -> ServiceError {
    ServiceError(
      .failedPrecondition,
      .publicationSuperseded,
      "the publication of \(latest) was imported already, which is later",
      metadata: ["latest": latest.description]
    )
  }

  /// FAILED_PRECONDITION: so many records are missing that the file is taken for an excerpt.
  static func tooManyWithdrawals(_ count: Int) -> ServiceError {
    ServiceError(
      .failedPrecondition,
      .tooManyWithdrawnRows,
      "the file lacks \(count) records of the publication before; set allow_many_withdrawals if that is meant",
      metadata: ["withdrawn": String(count)]
    )
  }
}
