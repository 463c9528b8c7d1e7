import Testing

@testable import ProcessMemory

@Suite("A line of /proc/self/maps")
struct MemoryMappingTests {
  @Test("code, data, anonymous memory and a path with blanks")
  func kinds() throws {
    let code = try #require(MemoryMapping(line: "55d0c000-55d0f000 r-xp 00002000 fe:00 42   /opt/a program"))
    #expect(code.addresses == 0x55d0_c000..<0x55d0_f000)
    #expect(code.isExecutable && !code.isWritable)
    #expect(code.path == "/opt/a program")
    let data = try #require(MemoryMapping(line: "1000-2000 rw-p 00000000 fe:00 42 /opt/program"))
    #expect(data.isWritable && !data.isExecutable)
    let heap = try #require(MemoryMapping(line: "1000-2000 rw-p 00000000 00:00 0"))
    #expect(heap.path == nil)
  }

  @Test(
    "what is no such line is nothing",
    arguments: ["", "x", "1000 r-xp 0 0 0", "2000-1000 r-xp 0 0 0", "1-g r-xp 0 0 0"])
  func malformed(line: String) {
    #expect(MemoryMapping(line: Substring(line)) == nil)
  }

  @Test("only code is let go: no data, no constants, nothing that no file is behind")
  func selection() {
    let maps = """
      1000-2000 r--p 00000000 fe:00 42 /opt/program
      2000-3000 r-xp 00001000 fe:00 42 /opt/program
      3000-4000 rw-p 00002000 fe:00 42 /opt/program
      4000-5000 rwxp 00003000 fe:00 42 /opt/program
      5000-6000 r-xp 00000000 fe:00 43 /lib/libc.so.6
      6000-7000 r-xp 00000000 00:00 0 [vdso]
      """
    let found = ProcessMemory.codeMappings(in: maps)
    #expect(found.map(\.addresses) == [0x2000..<0x3000, 0x5000..<0x6000])
  }
}
