import Foundation
import TestSupport

/// Makes the C++ peer with its Makefile, below the package's `.build`; again only when its sources have changed.
enum CppBuild {
  /// - Returns: the program's path.
  /// - Throws: ``PeerError`` with the compiler's last words.
  static func program() async throws -> String {
    let root = PythonEnvironment.packageRoot
    let folder = root + "/.build/interop-cpp"
    let make = try PeerProcess(
      "/usr/bin/make",
      ["--directory", root + "/Tests/InteropTests/Peers/cpp", "--jobs=2", "OUT=\(folder)", "PROTO=\(root)/proto"],
      reading: .errors
    )
    var complaints: [String] = []
    while let line = await make.line() { complaints.append(line) }
    let program = folder + "/interop"
    guard FileManager.default.isExecutableFile(atPath: program), complaints.isEmpty else {
      let missing = "needs make, g++, pkg-config, protobuf-compiler-grpc and libgrpc++-dev"
      throw PeerError("the C++ peer cannot be built (\(missing)): \(complaints.suffix(5).joined(separator: "\n"))")
    }
    return program
  }
}
