/// Comma-separated text as RFC 4180 has it, safe to open in a spreadsheet.
public enum CSVWriter {
    /// One line, ended by CRLF. A field that a spreadsheet would run as a formula is given a leading apostrophe
    /// (OWASP, "CSV injection"); a plain negative number is left alone.
    public static func line(_ fields: [String]) -> String {
        fields.map(field).joined(separator: ",") + "\r\n"
    }

    private static func field(_ text: String) -> String {
        let safe = startsFormula(text) ? "'" + text : text
        guard safe.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else { return safe }
        var quoted = "\""
        for character in safe { quoted += character == "\"" ? "\"\"" : String(character) }
        return quoted + "\""
    }

    private static func startsFormula(_ text: String) -> Bool {
        guard let first = text.utf8.first, [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(first) else { return false }
        return !(first == 0x2D && Double(text) != nil)
    }
}
