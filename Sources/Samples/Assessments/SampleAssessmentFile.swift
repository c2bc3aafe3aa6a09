public import Kernel

/// Two years of invented assessments in DASH 2009 as another system would hand them over, with defects that were put in
/// at known rates. The same seed gives the same bytes on every machine.
public struct SampleAssessmentFile: Sendable {
    public let seed: UInt64
    public let first: Month
    public let months: Int
    /// Assessments, near to so many a month.
    public let perMonth: Int
    public let officers: Int
    public let defects: SampleDefects

    public init(
        seed: UInt64 = 1, from first: Month, months: Int = 24, perMonth: Int = 400, officers: Int = 20,
        defects: SampleDefects = .usual
    ) {
        (self.seed, self.first, self.months, self.perMonth) = (seed, first, max(1, months), max(1, perMonth))
        (self.officers, self.defects) = (max(1, officers), defects)
    }

    private static let plain = [
        "number", "instrument", "version", "occurrence", "reported", "begun", "sent", "agreed", "reviewer",
        "review words", "officer", "team", "district", "victim", "victim name", "suspect", "suspect name", "grade",
        "grade reason", "victim asked", "asked alone", "channel", "interpreter", "children seen", "why",
        "history checked", "history words", "injuries", "video", "arrest", "first steps",
    ]

    /// The names of the columns.
    public static let header: [String] =
        plain + SampleTopic.questions + SampleTopic.all.map { "\($0.id) words" }

    private static let teams = [
        "Response, shift A", "Response, shift B", "Response, shift C", "Response, shift D",
        "Domestic abuse investigation", "Safeguarding hub",
    ]

    /// Each row in the order in which they were sent.
    /// - Returns: what was put in.
    @discardableResult
    public func eachRow(_ body: ([String]) throws -> Void) rethrows -> SampleTruth {
        let (slots, chosen) = slots()
        var (truth, memory) = (SampleTruth(), SampleMemory())
        truth.assessments = slots.count
        truth.allNoOfficers = (0..<min(defects.allNoOfficers, officers)).map(SampleAssessmentFile.officer)
        for slot in slots {
            let wanted = chosen[slot.number]
            var generator = SeededGenerator(seed: seed, purpose: 5_000_000 + UInt64(slot.number))
            var form = SampleForm(slot: slot, defects: wanted)
            let isAllNo = slot.officer < defects.allNoOfficers && generator.below(100) < 70
            form.draw(allNo: isAllNo, &generator)
            let wasCopied = wanted.contains(.copiedWords) && memory.copy(into: &form)
            memory.keep(form)
            form.answer(&generator)
            form.judge(&generator)
            for defect in wanted where defect != .copiedWords || wasCopied {
                truth.defects[defect.rawValue, default: 0] += 1
            }
            if form.yes.isEmpty { truth.withoutYes += 1 }
            try body(row(form, &generator))
        }
        return truth
    }

    private static func officer(_ number: Int) -> String { "F\(1001 + number)" }

    private func row(_ form: SampleForm, _ generator: inout SeededGenerator) -> [String] {
        let slot = form.slot
        var cells = form.cells
        (cells["number"], cells["occurrence"]) = ("SA-\(100_001 + slot.number)", "SO/\(200_001 + slot.number)")
        (cells["instrument"], cells["version"]) = ("dash-2009", "2009.1")
        cells["reported"] = slot.reported.description
        (cells["begun"], cells["sent"]) = (slot.begun.description, slot.sent.description)
        cells["officer"] = SampleAssessmentFile.officer(slot.officer)
        cells["team"] = SampleAssessmentFile.teams[slot.officer % SampleAssessmentFile.teams.count]
        cells["district"] = SampleMap.districts[slot.officer % SampleMap.districts.count].name
        let victim = generator.below(max(1, perMonth * months / 3))
        var names = SeededGenerator(seed: seed, purpose: 9_000_000 + UInt64(victim))
        (cells["victim"], cells["victim name"]) = ("SV\(victim)", SampleWording.name(&names))
        (cells["suspect"], cells["suspect name"]) = ("SS\(victim)", SampleWording.name(&names))
        return SampleAssessmentFile.header.map { cells[$0] ?? "" }
    }

    /// Those that have each defect: of all, the very share that was asked for, drawn by lot.
    private func chosen(_ count: Int) -> [Set<SampleDefect>] {
        var chosen = [Set<SampleDefect>](repeating: [], count: count)
        for (place, defect) in SampleDefect.allCases.enumerated() {
            guard let rate = defects.rates[defect], rate > 0 else { continue }
            var generator = SeededGenerator(seed: seed, purpose: 4000 + UInt64(place))
            var order = Array(0..<count)
            // Our own shuffle (Fisher and Yates): that of the standard library may change with its version.
            for place in order.indices.dropFirst().reversed() { order.swapAt(place, generator.below(place + 1)) }
            for place in order.prefix((count * min(rate, 1000) + 500) / 1000) { chosen[place].insert(defect) }
        }
        return chosen
    }

    /// In the order in which they were sent, with the defects by number.
    private func slots() -> ([SampleSlot], [Set<SampleDefect>]) {
        var slots: [SampleSlot] = []
        for month in 0..<months {
            let month = first.adding(months: month)
            var generator = SeededGenerator(seed: seed, purpose: 3000 + UInt64(month.index))
            let mean = perMonth * ([7, 8].contains(month.month) ? 11 : 10) / 10
            for _ in 0..<generator.count(mean: mean) { slots.append(slot(slots.count, month, &generator)) }
        }
        let chosen = chosen(slots.count)
        var generator = SeededGenerator(seed: seed, purpose: 4999)
        for place in slots.indices where chosen[place].contains(.sentLate) {
            slots[place].sent = slots[place].reported.adding(seconds: Int64(3600 * (26 + generator.below(95))))
        }
        return (slots.sorted { ($0.sent, $0.number) < ($1.sent, $1.number) }, chosen)
    }

    private func slot(_ number: Int, _ month: Month, _ generator: inout SeededGenerator) -> SampleSlot {
        let day = month.firstDay.adding(days: generator.below(month.days))
        // Most are told of in the evening.
        let hour = [1, 8, 11, 14, 16, 18, 19, 20, 21, 22, 22, 23][generator.below(12)]
        let reported = Moment(milliseconds: Int64(day.daysSince1970) * 86_400_000)
            .adding(seconds: Int64(hour * 3600 + generator.below(3600)))
        let begun = reported.adding(seconds: Int64(900 + generator.below(7200)))
        return SampleSlot(
            number: number, officer: generator.below(officers), reported: reported, begun: begun,
            sent: begun.adding(seconds: Int64(1800 + generator.below(64_800))))
    }
}

/// What each officer wrote before, one text for each question.
private struct SampleMemory {
    private var texts: [Int: [String: String]] = [:]

    /// Puts an earlier text in the place of one of the form's own; where the form has no yes that was answered before, one
    /// more answer is a yes.
    /// - Returns: false where the officer wrote nothing before.
    func copy(into form: inout SampleForm) -> Bool {
        guard let before = texts[form.slot.officer] else { return false }
        let fitting = SampleTopic.all.filter { topic in
            before[topic.id] != nil
                && !(form.defects.contains(.contradiction) && topic.id == SampleTopic.strangulation)
                && !["child-contact", "children-hurt", "children-threatened"].contains(topic.id)
        }
        guard let topic = fitting.first(where: { form.yes[$0.id] != nil }) ?? fitting.first else { return false }
        form.yes[topic.id] = before[topic.id]
        return true
    }

    mutating func keep(_ form: SampleForm) {
        texts[form.slot.officer, default: [:]].merge(form.yes) { _, new in new }
    }
}
