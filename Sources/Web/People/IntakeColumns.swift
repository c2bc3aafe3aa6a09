import Access
import Kernel
import Ledger
import Pages
import People

/// What the columns of a file hold: from a mapping to a form and back.
enum IntakeColumns {
    static func page(_ arrival: IntakeArrivals.Arrival, _ problem: Problem?, on day: Day) -> IntakeColumnsPage {
        let mapping = arrival.plan.mapping
        let known = Dictionary(
            mapping.columns.map { (ColumnGuess.folded($0.column), $0) }, uniquingKeysWith: { first, _ in first })
        var page = IntakeColumnsPage(
            id: arrival.id, file: arrival.file.name, form: arrival.form, isRemembered: arrival.isRemembered,
            columns: arrival.header.enumerated().map { place, name in
                .init(
                    field: "column-\(place)", name: name.isEmpty ? "Column \(place + 1), without a name" : name,
                    chosen: known[ColumnGuess.folded(name)].map(value) ?? "")
            }, choices: choices(mapping, on: day))
        page.orders = ColumnMapping.DateOrder.allCases.map { Choice($0.rawValue, $0.title) }
        page.order = (mapping.columns.first { $0.field == .born }?.format ?? .dayMonthYear).rawValue
        page.capacities =
            [Choice("", "Not said")] + RecordSubject.Capacity.allCases.map { Choice($0.rawValue, $0.title) }
        page.capacity = mapping.capacity?.rawValue ?? ""
        page.unknown = (mapping.unknown ?? []).joined(separator: "\n")
        page.believesYearOnly = mapping.firstOfJanuaryIsYear ?? false
        page.errors = FieldErrors(problem)
        return page
    }

    /// `born`, or `identifier NHS`: a field and whose numbers they are.
    private static func value(_ column: ColumnMapping.Column) -> String {
        [column.field.rawValue, column.scheme].compactMap(\.self).joined(separator: " ")
    }

    private static func choices(_ mapping: ColumnMapping, on day: Day) -> [Choice] {
        let fields = ColumnMapping.Field.allCases.filter { $0 != .identifier }
        let schemes = (try? IdentifierSchemes.bundled().holding(on: day)) ?? []
        let usual =
            fields.map { Choice($0.rawValue, $0.title) }
            + schemes.map { Choice("identifier \($0.code)", "\($0.title)") }
        // What was written by hand stays, whatever it is.
        let other = mapping.columns.map(value).filter { value in !usual.contains { $0.value == value } }
        return [Choice("", "Leave it out")] + usual + Set(other).sorted().map { Choice($0, $0) }
    }

    static func mapping(_ form: FormValues, _ arrival: IntakeArrivals.Arrival) -> ColumnMapping {
        let columns = arrival.header.enumerated().compactMap { place, name -> ColumnMapping.Column? in
            let parts = form["column-\(place)"].split(separator: " ", maxSplits: 1).map(String.init)
            guard let field = parts.first.flatMap({ ColumnMapping.Field(rawValue: $0) }) else { return nil }
            let order = field == .born ? ColumnMapping.DateOrder(rawValue: form["order"]) : nil
            return ColumnMapping.Column(
                name, field, scheme: parts.count > 1 ? parts[1] : nil, format: order == .dayMonthYear ? nil : order)
        }
        let unknown = form.text("unknown").split(separator: "\n").map { String($0).trimmed() }.filter { !$0.isEmpty }
        return ColumnMapping(
            columns: columns, capacity: RecordSubject.Capacity(rawValue: form["capacity"]),
            unknown: unknown.isEmpty ? nil : Array(unknown.prefix(100)),
            firstOfJanuaryIsYear: form.has("year-only") ? true : nil)
    }
}
