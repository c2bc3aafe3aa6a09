import HTTPTypes
import Inspection
import Kernel
import Ledger
import Pages

/// Two people changed one area: both versions on one page, nothing typed lost.
enum ConflictShowing {
    /// - Parameter fields: from what both started from, theirs and mine.
    static func answer(
        _ conflict: Conflict, _ record: Record<AreaForImprovement>, to place: String, _ visit: Visit,
        fields: (_ base: AreaForImprovement, _ theirs: AreaForImprovement, _ mine: AreaForImprovement) ->
            [ComparedField]
    ) async throws -> Answer {
        let bodies = try conflict.bodies(AreaForImprovement.self)
        let names = try await PeopleNames.of([conflict.storedBy], visit)
        let page = ConflictPage(
            subject: record.body.heading, theirName: names.name(conflict.storedBy),
            theirTime: LondonTime.inWords(conflict.storedAt),
            fields: fields(bodies.base ?? bodies.stored, bodies.stored, bodies.sent),
            action: address(record, place), version: conflict.storedVersion, back: "/areas/\(record.id)")
        return visit.show(page, status: .conflict)
    }

    /// The same page once more, because she wrote a new version and chose another: taking either would lose words.
    static func again(
        _ form: FormValues, _ labels: KeyValuePairs<String, String>, _ record: Record<AreaForImprovement>,
        to place: String
    ) -> ConflictPage {
        let fields = labels.map { name, label in
            let (mine, edit) = (form.text("\(name)-mine"), form.text("\(name)-edit"))
            return ComparedField(
                name: name, label: label, base: "", mine: form.has(name) ? form.text(name) : edit.isEmpty ? mine : edit,
                theirs: form.has(name) ? form.text(name) : form.text("\(name)-theirs"))
        }
        return ConflictPage(
            subject: record.body.heading, theirName: "Somebody else", theirTime: LondonTime.inWords(record.at),
            fields: fields, action: address(record, place), version: Int(form["version"]) ?? record.version,
            back: "/areas/\(record.id)")
    }

    private static func address(_ record: Record<AreaForImprovement>, _ place: String) -> WebAddress {
        place.split(separator: "/").reduce("/areas/\(record.id)") { "\($0)/\(String($1))" }
    }
}

/// What a conflict page sent back.
struct ChosenFields {
    let form: FormValues

    /// Nil when it is not clear what she wants.
    func text(_ name: String) -> String? {
        switch ChosenVersion.read(name, { form.has($0) ? form.text($0) : nil }) {
        case .text(let text): text.trimmingSpaces
        case .unclear, .missing: nil
        }
    }
}

extension String {
    var trimmingSpaces: String {
        let rest = drop(while: \.isWhitespace)
        return String(rest.reversed().drop(while: \.isWhitespace).reversed())
    }
}
