/// A list of records, read page by page.
struct Listing<Row> {
  let options: PageOptions
  let output: Console
  let notes: Console

  /// Writes the page that was asked for, or all of them.
  ///
  /// - Parameter page: Reads the page of a token; an empty next token ends the list.
  func write(
    with writer: ListWriter<Row>,
    page: (_ token: String) async throws -> (rows: [Row], next: String)
  ) async throws {
    var writer = writer
    var token = options.pageToken
    repeat {
      let (rows, next) = try await page(token)
      try writer.append(rows)
      token = next
    } while options.all && !token.isEmpty
    try writer.finish()
    guard !token.isEmpty else { return }
    try notes.write("There are more: add --all, or --page-token \(token)\n")
  }
}
