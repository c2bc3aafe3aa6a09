/// How crime is made up and how it ends, in round figures near those that forces publish.
enum CrimeMix {
    struct Kind {
        let name: String
        /// Of ten thousand rows.
        let share: Int
        /// Chances in a thousand, by place in `outcomes`.
        let ends: [Int]
        /// True where shops are: most of it happens in the town centres.
        let isRetail: Bool

        init(_ name: String, _ share: Int, _ ends: [Int], isRetail: Bool = false) {
            (self.name, self.share, self.ends, self.isRetail) = (name, share, ends, isRetail)
        }
    }

    static let outcomes = [
        "Unable to prosecute suspect", "Investigation complete; no suspect identified", "Suspect charged",
        "Local resolution", "Offender given a caution", "Action to be taken by another organisation",
        "Further action is not in the public interest", "Formal action is not in the public interest",
        "Further investigation is not in the public interest", "Offender given a drugs possession warning",
    ]
    static let unable = 0
    static let charged = 2
    static let violence = 0
    static let antiSocial = 1

    static let kinds = [
        Kind("Violence and sexual offences", 3240, [700, 167, 90, 5, 5, 16, 10, 3, 4, 0]),
        Kind("Anti-social behaviour", 1850, []),
        Kind("Criminal damage and arson", 1020, [262, 670, 52, 8, 3, 0, 5, 0, 0, 0]),
        Kind("Shoplifting", 920, [197, 526, 265, 3, 3, 0, 0, 6, 0, 0], isRetail: true),
        Kind("Public order", 715, [530, 363, 90, 3, 4, 0, 6, 4, 0, 0]),
        Kind("Other theft", 535, [297, 670, 24, 5, 0, 0, 4, 0, 0, 0]),
        Kind("Burglary", 455, [186, 711, 98, 1, 0, 0, 2, 2, 0, 0]),
        Kind("Vehicle crime", 450, [143, 802, 52, 0, 0, 0, 3, 0, 0, 0]),
        Kind("Drugs", 305, [135, 184, 420, 50, 20, 0, 110, 60, 0, 21]),
        Kind("Other crime", 250, [545, 158, 120, 0, 24, 10, 10, 0, 133, 0]),
        Kind("Robbery", 100, [430, 372, 195, 0, 0, 0, 3, 0, 0, 0]),
        Kind("Possession of weapons", 80, [343, 50, 480, 0, 30, 0, 72, 25, 0, 0]),
        Kind("Bicycle theft", 50, [150, 825, 25, 0, 0, 0, 0, 0, 0, 0]),
        Kind("Theft from the person", 30, [330, 656, 14, 0, 0, 0, 0, 0, 0, 0], isRetail: true),
    ]

    /// Per cent of an ordinary month, January to December.
    static func season(_ kind: Int, month: Int) -> Int {
        switch kind {
        case antiSocial, 12: [76, 80, 92, 104, 112, 118, 124, 122, 108, 104, 86, 74][month - 1]
        case 6: [110, 106, 102, 96, 94, 92, 92, 94, 98, 102, 108, 106][month - 1]
        case violence: [96, 95, 99, 100, 104, 105, 106, 104, 100, 99, 96, 96][month - 1]
        default: 100
        }
    }

    static func kindLadder(month: Int) -> [Int] {
        ladder(kinds.indices.map { kinds[$0].share * season($0, month: month) })
    }

    static let endLadders = kinds.map { ladder($0.ends) }

    /// Months from the crime to its outcome, chances in a thousand; the last stands for "none yet".
    static let delayLadder = ladder([450, 270, 120, 70, 35, 20, 10, 25])
    static let longestDelay = 6
}
