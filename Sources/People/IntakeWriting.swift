import Foundation
import Kernel
import Ledger

extension Person {
    static let sourceIndex = "source"

    /// A new person from a row.
    init(_ row: IntakeRow, _ source: PersonSource, on today: Day) {
        self.init(names: [])
        take(row, source, on: today)
    }

    /// Takes what the agency says now where it differs from what it said before; what others wrote since stays.
    /// - Returns: false when nothing is different.
    @discardableResult
    mutating func take(_ row: IntakeRow, _ source: PersonSource, on today: Day) -> Bool {
        let before = self.source?.said ?? [:]
        let changed = Set(before.keys).union(row.said.keys).filter { before[$0] != row.said[$0] }
        let isRenewed = self.source?.agreement != source.agreement || self.source?.until != source.until
        guard !changed.isEmpty || isRenewed || self.source == nil else { return false }
        if !changed.isDisjoint(with: ["given", "family"]) { takeName(row, before) }
        if !changed.isDisjoint(with: ["address", "postcode", "uprn"]) { takeAddress(row, before, today) }
        if changed.contains("born") { born = row.said["born"].flatMap { IntakeWords.date($0) } }
        if changed.contains("sex") {
            sex = row.said["sex"].flatMap { RecordedSex.Value(rawValue: $0) }
                .map { RecordedSex($0, recordedBy: source.agency) }
        }
        if changed.contains("phone") { takePhones(row, before) }
        for field in changed where field.hasPrefix("identifier ") { takeNumber(field, row, before) }
        var source = source
        source.said = row.said
        source.capacity = row.said["capacity"].flatMap { RecordSubject.Capacity(rawValue: $0) }
        self.source = source
        return true
    }

    /// The name that was goes on finding her.
    private mutating func takeName(_ row: IntakeRow, _ before: [String: String]) {
        let name = KnownName(given: row.said["given"] ?? "", family: row.said["family"] ?? "")
        let old = KnownName(given: before["given"] ?? "", family: before["family"] ?? "")
        if let place = names.firstIndex(of: old), !old.text.isEmpty { names[place].use = .former }
        names.removeAll { $0.text == name.text }
        names.insert(name, at: 0)
    }

    /// An address that is replaced is kept with the day it ended.
    private mutating func takeAddress(_ row: IntakeRow, _ before: [String: String], _ today: Day) {
        let (lines, postcode) = (row.said["address"] ?? "", row.said["postcode"] ?? "")
        if let place = addresses.lastIndex(where: {
            $0.until == nil && $0.lines == before["address"] ?? "" && $0.postcode == before["postcode"] ?? ""
        }) {
            addresses[place].until = today
        }
        guard !lines.isEmpty || !postcode.isEmpty else { return }
        addresses.append(PersonAddress(lines: lines, postcode: postcode, uprn: row.said["uprn"], from: today))
    }

    private mutating func takePhones(_ row: IntakeRow, _ before: [String: String]) {
        let parts = { (text: String?) in
            (text ?? "").split { ";/|\n".contains($0) }.map { String($0).trimmed() }.filter { !$0.isEmpty }
        }
        let (old, new) = (Set(parts(before["phone"])), parts(row.said["phone"]))
        phones = phones.filter { !old.contains($0) && !new.contains($0) } + new
    }

    private mutating func takeNumber(_ field: String, _ row: IntakeRow, _ before: [String: String]) {
        let scheme = String(field.dropFirst("identifier ".count))
        identifiers.removeAll { $0.scheme == scheme && [before[field], row.said[field]].contains($0.value) }
        if let value = row.said[field] { identifiers.append(PersonIdentifier(scheme: scheme, value: value)) }
    }
}
