extension String {
    /// Without white space at its ends.
    public func trimmed() -> String {
        // Most texts have nothing to take off: their first and last bytes say so, and a million cells are quickly looked at.
        guard let first = utf8.first, let last = utf8.last else { return self }
        if (0x21...0x7E).contains(first), (0x21...0x7E).contains(last) { return self }
        var part = self[...]
        while part.last?.isWhitespace == true { part.removeLast() }
        while part.first?.isWhitespace == true { part.removeFirst() }
        return String(part)
    }
}
