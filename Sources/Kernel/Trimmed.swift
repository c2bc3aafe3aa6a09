extension String {
    /// Without white space at its ends.
    public func trimmed() -> String {
        var part = self[...]
        while part.last?.isWhitespace == true { part.removeLast() }
        while part.first?.isWhitespace == true { part.removeFirst() }
        return String(part)
    }
}
