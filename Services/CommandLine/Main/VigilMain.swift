import CommandLineClient

/// The `vigil` executable.
@main
enum VigilMain {
  static func main() async {
    await VigilCommand.perform()
  }
}
