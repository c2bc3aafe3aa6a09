import Testing

@testable import Linkage

@Suite("How alike two values are")
struct ComparisonTests {
    @Test(arguments: [
        ("martha", "marhta", 0.9611), ("dwayne", "duane", 0.84), ("dixon", "dicksonx", 0.8133), ("", "", 1),
        ("abc", "", 0), ("jones", "johnson", 0.8324), ("nichleson", "nichulson", 0.9556),
    ])
    func `Jaro–Winkler gives the values that Winkler published`(one: String, other: String, expected: Double) {
        #expect(abs(JaroWinkler.similarity(one, other) - expected) < 0.0001)
    }

    @Test(arguments: [
        ("ca", "abc", 2), ("kitten", "sitting", 3), ("smith", "smiht", 1), ("", "abc", 3), ("abc", "abc", 0),
        ("a cat", "an abct", 3),
    ])
    func `a swap of neighbours is one slip, also with something between`(one: String, other: String, expected: Int) {
        #expect(DamerauLevenshtein.distance(one, other) == expected)
        #expect(DamerauLevenshtein.distance(other, one) == expected)
    }

    @Test(arguments: [
        ("Müller", "muller"), ("O’Brien", "obrien"), ("O'Brien", "obrien"), ("van der Berg", "vanderberg"),
        ("SMITH-JONES", "smith jones"), ("Иванов", "ivanov"), ("Παπαδόπουλος", "papadopoylos"),
        ("Dr. Łukasz", "lukasz"),
        ("Mac Donald", "macdonald"), ("Nguyễn", "nguyen"), ("  ", nil), ("unknown", nil), ("-", nil),
    ])
    func `a surname is cleaned to what a clerk would type`(raw: String, expected: String?) {
        #expect(Cleaning.cleaned(raw, as: .surname) == expected)
    }

    @Test(arguments: [
        ("19801231", "19801231"), ("1980-12-31", "19801231"), ("31/12/1980", "19801231"), ("12/31/1980", "19801231"),
        ("3 Feb 1975", "19750203"), ("1980-12-31T00:00:00", "19801231"), ("1980", "19800000"), ("1980-05", "19800500"),
        ("31/12/80", nil), ("yesterday", nil), ("19801399", nil),
    ])
    func `a date is read as people write it`(raw: String, expected: String?) {
        #expect(Cleaning.cleaned(raw, as: .dateOfBirth) == expected)
    }

    @Test func `a whole name is taken apart, whichever half stands first`() {
        #expect(Cleaning.halves(of: "Smith, John") == (" John", "Smith"))
        #expect(Cleaning.halves(of: "Mr John Paul Smith") == ("John Paul", "Smith"))
        #expect(Cleaning.halves(of: "Vincent van Gogh") == ("Vincent", "van Gogh"))
    }

    @Test(arguments: [
        (FieldKind.dateOfBirth, "19801203", "19800312", 2), (.dateOfBirth, "19801203", "19801204", 2),
        (.dateOfBirth, "19800000", "19801204", 3), (.dateOfBirth, "19801203", "19751203", 4),
        (.postcode, "ts11aa", "ts11ab", 2), (.postcode, "ts11aa", "ts11xy", 3), (.postcode, "ts11aa", "ts19xy", 4),
        (.postcode, "ts11aa", "ne99xy", 5), (.address, "12 high street", "14 high street", 3),
        (.address, "12 high street", "12 high st", 2), (.phone, "7700900123", "7700900132", 2),
        (.identifier, "6988048", "6988408", 2), (.email, "a.b@x.uk", "a.b@y.com", 4),
    ])
    func `two values agree on the level their kind gives`(kind: FieldKind, one: String, other: String, level: UInt8) {
        let comparison = ValueComparison(nicknames: .packaged)
        let found = Array(one.utf8).withUnsafeBufferPointer { one in
            Array(other.utf8).withUnsafeBufferPointer {
                comparison.level(kind, one, $0, soundsAlike: false, mayBeNicknames: false)
            }
        }
        #expect(found == level)
    }

    @Test func `nicknames are dated data, and Bill is William`() {
        #expect(Nicknames.packaged.dated == "2026-11-25")
        #expect(Nicknames.packaged.related("bill", "william") && Nicknames.packaged.related("liam", "billy"))
        #expect(!Nicknames.packaged.related("bill", "mary") && !Nicknames.packaged.related("nobody", "mary"))
    }
}
