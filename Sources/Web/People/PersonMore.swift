import Access
import Kernel
import Ledger
import Pages
import People

/// What is seldom typed of a person, and how it is told.
enum PersonMore {
    static func choices(of id: Identifier<Person>?, _ visit: Visit) async throws -> PersonMoreChoices {
        let others: [PersonAddress] =
            if let id { try await visit.site.people.person(id, as: visit.actor).body.otherAddresses } else { [] }
        return PersonMoreChoices(
            genders: [Choice("", "Not recorded")] + RecordedGender.Value.allCases.map { Choice($0.rawValue, $0.title) },
            addressKinds: [Choice("", "Choose one")] + AddressKind.allCases.map { Choice($0.rawValue, $0.title) },
            others: others.map { Choice(key($0), "\(title($0)): \(key($0))") })
    }

    static func key(_ address: PersonAddress) -> String {
        [address.lines.split(separator: "\n").joined(separator: ", "), address.postcode].filter { !$0.isEmpty }
            .joined(separator: ", ")
    }

    private static func title(_ address: PersonAddress) -> String { (address.kind ?? .home).title }

    static func words(_ gender: RecordedGender) -> String {
        gender.value.title + (gender.on.map { ", on \(LondonTime.inWords($0))" } ?? "")
    }

    static func words(_ phone: PastPhone) -> String { "\(phone.number), until \(LondonTime.inWords(phone.until))" }

    static func title(_ identifier: PersonIdentifier) -> String {
        (try? IdentifierSchemes.bundled().title(of: identifier.scheme)) ?? identifier.scheme
    }

    static func row(_ address: PersonAddress) -> SummaryRow {
        let kind = address.isHome ? "Address" : title(address)
        let key = address.until.map { "\(kind) until \(LondonTime.inWords($0))" } ?? kind
        let uprn = address.uprn.map { "UPRN \($0)" } ?? ""
        return SummaryRow(key, [address.lines, address.postcode, uprn].filter { !$0.isEmpty }.joined(separator: "\n"))
    }
}

extension PersonMoreFields {
    init(_ form: FormValues) {
        self.init()
        (gender, uprn, otherKind) = (form["gender"], form["uprn"], form["other-kind"])
        (otherAddress, otherPostcode) = (form.text("other-address"), form["other-postcode"])
        (otherUPRN, ended) = (form["other-uprn"], Set(form.all("other-ended")))
        (otherFrom, otherUntil) = (form.typedDate("other-from"), form.typedDate("other-until"))
    }

    init(_ person: Person) {
        self.init()
        (gender, uprn) = (person.gender?.value.rawValue ?? "", person.home?.uprn ?? "")
    }

    /// What was typed here, into a person who has the rest already.
    func apply(to person: inout Person, by agency: String, on today: Day, _ faults: inout [Problem.Field]) {
        person.gender = RecordedGender.Value(rawValue: gender).map { value in
            if let gender = person.gender, gender.value == value { return gender }
            return RecordedGender(value, recordedBy: agency, on: today)
        }
        let others = person.otherAddresses.filter { ended.contains(PersonMore.key($0)) }
        for index in person.addresses.indices where others.contains(person.addresses[index]) {
            person.addresses[index].until = today
        }
        guard !otherAddress.trimmed().isEmpty || !otherPostcode.trimmed().isEmpty else { return }
        if AddressKind(rawValue: otherKind) == nil {
            faults.append(.init("other-kind", "Choose what this address is to the person"))
        }
        person.addresses.append(
            PersonAddress(
                lines: otherAddress, postcode: otherPostcode, uprn: otherUPRN, kind: AddressKind(rawValue: otherKind),
                from: day(otherFrom, "other-from", &faults), until: day(otherUntil, "other-until", &faults)))
    }

    private func day(_ typed: TypedDate, _ name: String, _ faults: inout [Problem.Field]) -> Day? {
        guard typed != TypedDate() else { return nil }
        let parts = [typed.year, typed.month, typed.day].map { Int($0) ?? -1 }
        if let day = Day(year: parts[0], month: parts[1], day: parts[2]) { return day }
        faults.append(.init(name, "Enter a real date, such as 31 3 2026"))
        return nil
    }
}
