import Kernel

/// Stops and searches. Like the published ones they carry no time of day: each stamp is midnight in London, written in
/// UTC, so that in summer it names the evening before.
struct SampleSearches {
    static let header =
        "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,"
        + "Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,"
        + "Outcome linked to object of search,Removal of more than just outer clothing\n"

    private static let types = ["Person search", "Person and Vehicle search", "Vehicle search"]
    private static let typeLadder = ladder([880, 80, 40])
    private static let genders = ["Male", "Female", ""]
    private static let genderLadder = ladder([740, 130, 130])
    private static let ages = ["over 34", "25-34", "18-24", "10-17", ""]
    private static let ageLadder = ladder([360, 190, 170, 130, 150])
    private static let ethnicities = [
        ("White - English/Welsh/Scottish/Northern Irish/British", "White"),
        ("White - Any other White background", "White"), ("Asian/Asian British - Pakistani", "Asian"),
        ("Black/African/Caribbean/Black British - African", "Black"), ("Other ethnic group - Not stated", "Other"),
        ("", ""),
    ]
    private static let ethnicityLadder = ladder([760, 25, 25, 15, 15, 160])
    private static let reasons = [
        ("Misuse of Drugs Act 1971 (section 23)", "Controlled drugs"),
        ("Police and Criminal Evidence Act 1984 (section 1)", "Article for use in theft"),
        ("Police and Criminal Evidence Act 1984 (section 1)", "Offensive weapons"),
        ("Police and Criminal Evidence Act 1984 (section 1)", "Stolen goods"),
    ]
    private static let reasonLadder = ladder([640, 140, 160, 60])
    private static let outcomes = [
        ("A no further action disposal", ""), ("Arrest", "True"), ("Arrest", "False"), ("Community resolution", "True"),
        ("Summons / charged by post", "True"), ("Caution (simple or conditional)", "True"),
    ]
    private static let outcomeLadder = ladder([770, 110, 50, 40, 20, 10])

    let seed: UInt64
    let places: SamplePlaces

    func file(_ month: Month) -> [UInt8] {
        var generator = SeededGenerator(seed: seed, purpose: 10_000 + UInt64(month.index))
        var bytes = Array(SampleSearches.header.utf8)
        let days = (0..<generator.count(mean: 180)).map { _ in generator.below(month.days) }.sorted()
        for day in days { bytes.append(row(month.firstDay.adding(days: day), &generator)) }
        return bytes
    }

    private func row(_ day: Day, _ generator: inout SeededGenerator) -> String {
        let type = SampleSearches.types[generator.step(SampleSearches.typeLadder)]
        let isPerson = type != "Vehicle search"
        let gender = SampleSearches.genders[generator.step(SampleSearches.genderLadder)]
        let age = SampleSearches.ages[generator.step(SampleSearches.ageLadder)]
        let ethnicity = SampleSearches.ethnicities[generator.step(SampleSearches.ethnicityLadder)]
        let reason = SampleSearches.reasons[generator.step(SampleSearches.reasonLadder)]
        let outcome = SampleSearches.outcomes[generator.step(SampleSearches.outcomeLadder)]
        let point = places.points[places.pick(retail: true, &generator)]
        let person = isPerson ? "\(gender),\(age),\(ethnicity.0),\(ethnicity.1)" : ",,,"
        return "\(type),\(SampleSearches.stamp(day)),,,\(point.latitude),\(point.longitude),\(person),"
            + "\(reason.0),\(reason.1),\(outcome.0),\(outcome.1),\n"
    }

    static func stamp(_ day: Day) -> String {
        let midnight = Moment(milliseconds: Int64(day.daysSince1970) * 86_400_000)
        let isSummer = LondonTime.offsetSeconds(at: midnight.adding(seconds: -3600)) > 0
        return isSummer ? "\(day.adding(days: -1))T23:00:00+00:00" : "\(day)T00:00:00+00:00"
    }
}
