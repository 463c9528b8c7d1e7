import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// What a shell offers when Tab is pressed.
  @Suite("Completions")
  struct CompletionTests {
    private let system: LocalSystem

    init() throws {
      system = try #require(LocalSystem.current)
    }

    /// What bash offers for the last of `words`, by the generated script, as it would for a person.
    private func offers(_ words: [String]) async throws -> [String] {
      let folder = try TemporaryFolder("completion")
      for name in ["deaths.csv", "notes.txt"] { try folder.write("", to: name) }
      let script = """
        set -eu
        cd "$1"; shift
        PATH="\(system.state)/bin:$PATH"
        source <(vigil --generate-completion-script bash)
        registered=$(complete -p vigil)
        [[ $registered =~ -F\\ ([^ ]+) ]]
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_TYPE=9 COMP_KEY=9
        COMP_POINT=${#COMP_LINE} COMPREPLY=()
        set +eu
        "${BASH_REMATCH[1]}" vigil "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\\n' "${COMPREPLY[@]}"
        """
      let run = try await CommandRun.run("/bin/bash", ["-c", script, "bash", folder.path] + words)
      #expect(run.status == 0 && run.errors.isEmpty, "\(run.text)")
      return run.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.sorted()
    }

    @Test("bash completes commands, options, their values and files")
    func bash() async throws {
      #expect(try await offers(["vigil", "ca"]) == ["cases"])
      #expect(try await offers(["vigil", "cases", ""]).contains("list"))
      #expect(try await offers(["vigil", "cases", "list", "--fil"]) == ["--filter"])
      #expect(try await offers(["vigil", "cases", "list", "--format", ""]) == ["csv", "json", "table"])
      #expect(try await offers(["vigil", "import", "un-fatalities", "dea"]) == ["deaths.csv"])
      #expect(Set(try await offers(["vigil", ""])).isSuperset(of: ["cases", "import", "missions", "status"]))
    }
  }
}
