package import Foundation

extension ProcessInfo {
  /// The part of the environment that a program built with a sanitizer needs, where these tests are: its options, what is
  /// told to it, and where it finds the program that gives functions their names.
  package var sanitizerEnvironment: [String: String] {
    environment.filter { ["LD_PRELOAD", "TSAN_OPTIONS", "ASAN_OPTIONS", "PATH"].contains($0.key) }
  }
}
