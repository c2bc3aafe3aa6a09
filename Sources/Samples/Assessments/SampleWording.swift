import Kernel

/// Words put together by chance. Two texts share a long run of words only where the same day, place and name fell too.
struct SampleWording {
    static let firsts = [
        "Abigail", "Benedict", "Carys", "Dorian", "Esme", "Fergus", "Greta", "Hamish", "Ines", "Jasper", "Keira",
        "Lorcan", "Mabel", "Nia", "Otto", "Perpetua", "Ruairi", "Saoirse", "Tobias", "Una", "Vaughan", "Wren", "Yara",
        "Zachary",
    ]
    static let families = [
        "Ashgrove", "Birkdale", "Cawthorne", "Danforth", "Elmstead", "Fairclough", "Garside", "Holroyd", "Inskip",
        "Jelbert", "Kettering", "Lymington", "Mossop", "Netherby", "Ormerod", "Plumtree", "Quarmby", "Ridgeway",
        "Sedgwick", "Thackray", "Underhill", "Venables", "Wetherell", "Yarwood",
    ]
    private static let streetFirsts = [
        "Larch", "Quay", "Gantry", "Chapel", "Foundry", "Orchard", "Mill", "Station", "Harbour", "Meadow", "Priory",
        "Saltings", "Weaver", "Cobbler", "Lantern", "Rowan", "Heron", "Kingfisher", "Bellows", "Tanner",
    ]
    private static let streetSeconds = ["Row", "Street", "Close", "Lane", "Terrace", "Avenue", "Court", "Walk", "Hill"]
    private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    private static let tails = [
        "was told of it", "heard it all", "can say so", "wrote it down", "will make a statement", "rang us then",
        "saw her after", "drove her here",
    ]

    static func name(_ generator: inout SeededGenerator) -> String {
        "\(generator.pick(firsts)) \(generator.pick(families))"
    }

    /// About a topic, with a day of about then.
    static func text(_ topic: SampleTopic, near day: Day, _ generator: inout SeededGenerator) -> String {
        let then = day.adding(days: -generator.below(20))
        // 1970-01-01 was a Thursday.
        let weekday = weekdays[((then.daysSince1970 + 3) % 7 + 7) % 7]
        let minute = generator.below(60)
        let when =
            "On \(weekday) \(then.day) \(Month.names[then.month - 1]) at about \(1 + generator.below(12))."
            + "\(minute < 10 ? "0" : "")\(minute) \(generator.pick(["am", "pm"]))"
        let place =
            "at \(1 + generator.below(400)) \(generator.pick(streetFirsts)) \(generator.pick(streetSeconds))"
        return "\(when) \(generator.pick(topic.openings)) \(place) \(generator.pick(topic.endings)); "
            + "\(name(&generator)) \(generator.pick(tails))."
    }

    private static let fears = [
        "that he comes back", "what he may do", "for her own mother", "that he finds it", "that it begins again",
        "for her younger sister",
    ]

    static func fear(_ generator: inout SeededGenerator) -> String {
        "She told \(name(&generator)) she fears \(generator.pick(fears)), \(1 + generator.below(40)) days on, and "
            + "\(name(&generator)) \(generator.pick(tails))."
    }

    private static let histories = [
        "Two earlier calls were found, both without an offence.", "Nothing was found in the last two years.",
        "One earlier assessment, graded standard, and an old address.", "Three calls since the spring and one caution.",
        "A previous crime of damage, ended with a fine.", "No order and no bail was found on the system.",
    ]

    static func history(_ generator: inout SeededGenerator) -> String { generator.pick(histories) }

    private static let judgements = [
        "weigh most, and she has somebody with her until morning",
        "weigh most with what she told us of the last few weeks",
        "weigh most; he is away tonight and she will ring if he returns",
        "weigh most, beside what the neighbours and the log tell",
        "weigh most, and her own view is that it will happen again",
    ]
    private static let calm = [
        "Every answer was no, she was calm and asked only that he leave until tomorrow",
        "Nothing was told beyond loud words, and both were apart and sober when we left",
        "She answered each question with ease and her brother stays with her this evening",
    ]

    /// Names each critical question that is a yes, and some of the others, by its number.
    static func reason(_ yes: [SampleTopic], _ generator: inout SeededGenerator) -> String {
        guard !yes.isEmpty else { return "\(generator.pick(calm))." }
        let critical = yes.filter(\.isCritical)
        let named = (critical + yes.filter { !$0.isCritical }.prefix(2)).map { "question \($0.number)" }
        return "\(named.joined(separator: " and ")) \(generator.pick(judgements))."
    }

    private static let reviews = [
        "I agree: the words match the answers.", "Clear and complete, and the grade follows from it.",
        "I spoke with the officer and agree.", "Agreed, with a call to her tomorrow.",
    ]

    static func review(_ generator: inout SeededGenerator) -> String { generator.pick(reviews) }
}
