import Feeds
import Kernel
public import People

extension IntakeFile {
    /// A file of this machine: text parted by a mark, or a sheet of an Excel file.
    /// - Parameters:
    ///   - sheet: nil for the first.
    ///   - delimiter: one character, or the word `tab`; nil where it is to be found out.
    ///   - lineBytes: a longer line ends the reading of a text.
    /// - Throws: `Problem.invalid` for a delimiter that is none.
    public static func at(
        _ path: String, name: String, sheet: String? = nil, delimiter: String? = nil,
        lineBytes: Int = ImportLimits.standard.lineBytes
    ) throws -> IntakeFile {
        let options = TableFile.Options(
            sheet: sheet, delimiter: try delimiter.map(mark), lineBytes: lineBytes)
        return IntakeFile(name: name) {
            let file = try TableFile(path, options)
            return IntakeTable(header: file.header, form: file.form) {
                try file.next().map { IntakeTable.Line(number: $0.number, values: $0.values, flaw: $0.flaw) }
            }
        }
    }

    private static func mark(_ text: String) throws -> UInt8 {
        if text == "tab" || text == "\\t" { return 0x09 }
        guard let byte = text.utf8.first, text.utf8.count == 1, byte > 0x20, byte < 0x7F, byte != 0x22 else {
            throw Problem(
                .invalid, "“\(text)” cannot part columns.", next: "Give one character, such as ;, or the word tab.")
        }
        return byte
    }
}
