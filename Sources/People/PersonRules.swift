import Access
import Kernel
import Ledger

extension Person {
    /// The person with everything tidied.
    /// - Throws: `Problem.invalid` with field errors, named as the form names its fields.
    func checked() throws -> Person {
        var faults: [Problem.Field] = []
        var tidy = self
        tidy.names = names.map {
            KnownName(given: $0.given.trimmed(), family: $0.family.trimmed(), use: $0.use)
        }.filter { !$0.text.isEmpty }
        if tidy.names.isEmpty {
            faults.append(.init("family", "Enter a name. If it is not known, write what she is called."))
        }
        if tidy.names.contains(where: { $0.text.count > 200 }) {
            faults.append(.init("family", "A name must be 200 characters or fewer"))
        }
        tidy.phones = phones.map { $0.trimmed() }.filter { !$0.isEmpty }
        tidy.narrative = narrative.trimmed()
        if narrative.count > 20_000 { faults.append(.init("narrative", "Use 20,000 characters or fewer")) }
        tidy.addresses = addresses.map { $0.checked(&faults) }.filter { !$0.lines.isEmpty || !$0.postcode.isEmpty }
        tidy.warnings = warnings.filter { !$0.words.trimmed().isEmpty }
        guard faults.isEmpty else { throw Problem.fields(faults) }
        return tidy
    }
}
