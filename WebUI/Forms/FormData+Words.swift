extension FormData {
    /// One line of text without spaces at its ends, and one between its words.
    func words(_ name: String) -> String {
        (self[name] ?? "").split { $0.isWhitespace }.joined(separator: " ")
    }
}
