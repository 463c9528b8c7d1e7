import Foundation
import Testing

/// What a process holds.
struct ProcessFigures {
  /// Resident, in bytes.
  var memory: Int
  /// The most that was ever resident, in bytes.
  var peakMemory: Int
  /// Open file descriptors.
  var descriptors: Int

  init(of process: String) throws {
    let number = try #require(Int32(process))
    memory = try #require(ProcessTable.memory(of: number))
    peakMemory = try #require(ProcessTable.memory(of: number, "VmHWM"))
    descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count
  }
}
