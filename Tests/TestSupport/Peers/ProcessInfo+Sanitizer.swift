package import Foundation

extension ProcessInfo {
  /// The part of the environment that a program built with a sanitizer needs, where these tests are.
  package var sanitizerEnvironment: [String: String] {
    environment.filter { ["LD_PRELOAD", "TSAN_OPTIONS", "ASAN_OPTIONS"].contains($0.key) }
  }
}
