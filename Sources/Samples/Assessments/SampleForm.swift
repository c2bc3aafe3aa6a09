import Kernel

/// One invented assessment while it is made up.
struct SampleForm {
    let slot: SampleSlot
    let defects: Set<SampleDefect>
    var yes: [String: String] = [:]
    var cells: [String: String] = [:]

    var yesTopics: [SampleTopic] { SampleTopic.all.filter { yes[$0.id] != nil } }

    /// What is there before any defect: gravity makes many or few answers a yes.
    mutating func draw(allNo: Bool, _ generator: inout SeededGenerator) {
        let gravity = [20, 20, 20, 80, 80, 80, 80, 180, 180, 180][generator.below(10)]
        for topic in SampleTopic.all {
            let isYes = generator.below(10_000) < topic.chance * gravity
            if isYes, !allNo { say(topic, &generator) }
        }
        // A quarrel over a child, or a child hurt, tells of a child.
        let told = ["child-contact", "children-hurt", "children-threatened"].contains { yes[$0] != nil }
        if told || defects.contains(.childrenUnseen) { say(SampleTopic.children, &generator) }
        guard defects.contains(.contradiction) else { return }
        say(SampleTopic.injury, &generator)
        yes[SampleTopic.strangulation] = nil
    }

    mutating func say(_ id: String, _ generator: inout SeededGenerator) {
        guard yes[id] == nil, let topic = SampleTopic.all.first(where: { $0.id == id }) else { return }
        say(topic, &generator)
    }

    private mutating func say(_ topic: SampleTopic, _ generator: inout SeededGenerator) {
        yes[topic.id] = SampleWording.text(topic, near: LondonTime.day(of: slot.reported), &generator)
    }

    /// The columns of answers and words.
    mutating func answer(_ generator: inout SeededGenerator) {
        for topic in SampleTopic.all {
            cells[topic.id] = yes[topic.id] == nil ? no(&generator) : "yes"
            cells["\(topic.id) words"] = yes[topic.id]
        }
        if defects.contains(.contradiction) {
            cells["\(SampleTopic.injury) words", default: ""] += " He held her by the throat against the wall."
            cells[SampleTopic.strangulation] = "no"
        }
        cells[SampleTopic.whatIsFeared] =
            yes["fear"] == nil ? "declined" : SampleWording.fear(&generator)
        for (caller, questions) in SampleTopic.sets.sorted(by: { $0.key < $1.key }) where yes[caller] != nil {
            for question in questions {
                cells[question] = SampleTopic.inWords.contains(question) ? "not known" : "no"
            }
        }
        blank(&generator)
    }

    /// Of a hundred that are no yes, some are not known or declined.
    private func no(_ generator: inout SeededGenerator) -> String {
        let chance = generator.below(100)
        return chance < 4 ? "not known" : chance < 6 ? "declined" : "no"
    }

    private mutating func blank(_ generator: inout SeededGenerator) {
        guard defects.contains(.blankAnswer) else { return }
        let open = SampleTopic.all.map(\.id).filter {
            yes[$0] == nil && !(defects.contains(.contradiction) && $0 == SampleTopic.strangulation)
        }
        for _ in 0...generator.below(3) where !open.isEmpty { cells[generator.pick(open)] = "" }
    }

    mutating func judge(_ generator: inout SeededGenerator) {
        let topics = yesTopics
        let critical = topics.count(where: \.isCritical)
        let grade =
            critical >= 3 || topics.count >= 13 ? "high" : critical > 0 || topics.count >= 5 ? "medium" : "standard"
        let reason = SampleWording.reason(topics, &generator)
        cells["grade"] = grade
        cells["grade reason"] = defects.contains(.gradeWithoutReason) ? "" : reason
        let hasChildren = yes[SampleTopic.children] != nil
        cells["victim asked"] = "yes"
        let isAlone = generator.below(100) < 92
        cells["asked alone"] = isAlone ? "yes" : "no"
        cells["why"] = isAlone ? "" : "Her mother would not leave the room while we were there."
        (cells["channel"], cells["interpreter"]) = ("in-person", "not-needed")
        cells["children seen"] = hasChildren && !defects.contains(.childrenUnseen) ? "yes" : ""
        let isMissing = defects.contains(.historyMissing)
        cells["history checked"] = isMissing ? "" : "yes"
        cells["history words"] = isMissing ? "" : SampleWording.history(&generator)
        for (point, chance) in [("injuries", yes["injury"] == nil ? 3 : 95), ("video", 88), ("arrest", 35)] {
            cells[point] = generator.below(100) < chance ? "yes" : "no"
        }
        cells["first steps"] = "Her address was marked for a fast response."
        review(grade, &generator)
    }

    private mutating func review(_ grade: String, _ generator: inout SeededGenerator) {
        let hours = grade == "high" ? 2 + generator.below(19) : 4 + generator.below(60)
        let (words, number) = (SampleWording.review(&generator), generator.below(8))
        guard !defects.contains(.notReviewed) else { return }
        cells["agreed"] = slot.sent.adding(seconds: Int64(hours) * 3600).description
        (cells["reviewer"], cells["review words"]) = ("S90\(number)", words)
    }
}

/// When one was reported, begun and sent, and by whom.
struct SampleSlot {
    let number: Int
    let officer: Int
    let reported: Moment
    let begun: Moment
    var sent: Moment
}
