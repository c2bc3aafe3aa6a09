public import Instruments
public import Kernel
import Ledger
public import People

/// What was found and done when the police came, beside the instrument's questions.
public struct InitialResponse: Sendable, Hashable, Codable {
    public typealias Spoken = Circumstances.Spoken

    /// One child or dependant.
    public struct Child: Sendable, Hashable, Codable {
        /// Where the occurrence names her.
        public var person: Identifier<Person>?
        /// Name and age as they were told; empty where a person is named.
        public var who = ""
        public var present = Spoken.notRecorded
        public var whereabouts = ""
        public var seen = Spoken.notRecorded
        public var spokenTo = Spoken.notRecorded
        /// What she said or showed.
        public var voice = ""

        public init() {}

        public var isEmpty: Bool {
            person == nil
                && [who, whereabouts, voice].allSatisfy(\.isEmpty)
                && [present, seen, spokenTo].allSatisfy { $0 == .notRecorded }
        }
    }

    /// A yes or a no, with words.
    public struct Told: Sendable, Hashable, Codable {
        public var answer = Spoken.notRecorded
        public var words = ""

        public init(_ answer: Spoken = .notRecorded, _ words: String = "") {
            (self.answer, self.words) = (answer, words)
        }
    }

    public var children: [Child] = []
    public var household = ""
    /// Whether she was asked how she may safely be reached. What she said is sealed with her own record.
    public var safeContactAsked = Told()
    public var injuries = Told()
    public var photographs = Told()
    public var video = Told()
    public var arrest = Told()
    /// Codes of `AssessmentWords.steps`.
    public var steps: [String] = []
    /// What else was done.
    public var stepsWords = ""
    /// What was considered or offered and was not done, and why.
    public var refused = ""
    public var notice = Told()
    /// A code of `AssessmentWords.notices`.
    public var noticeKind = ""
    /// Codes of `AssessmentWords.evidence`.
    public var evidence: [String] = []
    public var evidenceWords = ""
    /// Whether she agrees that others are told; sharing does not depend on it.
    public var consent = Told()

    public init() {}
}

extension InitialResponse {
    /// What is still open, in sentences that say what would close it. It stops nobody.
    public var gaps: [String] {
        var gaps: [String] = []
        func look(_ told: Told, _ unsaid: String, no: String?) {
            if told.answer == .notRecorded { gaps.append(unsaid) }
            if let no, told.answer == .no, told.words.isEmpty { gaps.append(no) }
        }
        look(
            safeContactAsked, "It does not say whether she was asked how she may safely be reached.",
            no: "She was not asked how she may safely be reached, and no reason says why.")
        look(injuries, "It does not say whether anybody was hurt.", no: nil)
        if injuries.answer == .yes, injuries.words.isEmpty { gaps.append("Somebody was hurt, and no words say how.") }
        look(
            photographs, "It does not say whether photographs were taken.",
            no: injuries.answer == .yes ? "Somebody was hurt, and no reason says why there are no photographs." : nil)
        look(
            video, "It does not say whether body-worn video was on.",
            no: "Body-worn video was off, and no reason says why.")
        look(
            arrest, "It does not say whether there was an arrest.", no: "There was no arrest, and no reason says why.")
        look(
            notice, "It does not say whether a protective notice was thought of.",
            no: "A protective notice was not thought of, and no reason says why.")
        if steps.isEmpty, stepsWords.isEmpty { gaps.append("No first step to keep her safe is recorded.") }
        look(
            consent, "It does not say whether she agrees that others are told.",
            no: "She does not agree that others are told: say whether you share all the same, and why.")
        return gaps + children.enumerated().flatMap { number, child in child.gaps(number + 1) }
    }
}

extension InitialResponse.Child {
    fileprivate func gaps(_ number: Int) -> [String] {
        var gaps: [String] = []
        if present == .notRecorded { gaps.append("Child \(number): it does not say whether the child was there.") }
        if seen == .notRecorded { gaps.append("Child \(number): it does not say whether the child was seen.") }
        if spokenTo == .yes, voice.isEmpty {
            gaps.append("Child \(number): nothing says what the child said or showed.")
        }
        return gaps
    }
}

extension Assessment {
    /// With what was found and done. Whatever is typed is kept, complete or not.
    /// - Throws: `Overtaken`; `Problem.invalid` for a text that is too long; `.conflict` once it was sent; `.absent` for a
    ///   child who is no party: who may read it, and who saw it, is asked of the parties.
    func responding(_ response: InitialResponse, seen: Int, by user: String) throws -> Assessment {
        guard state.isOpen else { throw Assessment.moved(state) }
        if self.response == response { return self }
        guard responded.times == seen else { throw Overtaken() }
        let faults = response.texts.filter { $0.1.unicodeScalars.count > Assessment.mostWords }
            .map { Problem.Field($0.0, "Use 4,000 characters or fewer.") }
        guard faults.isEmpty, response.children.count <= 20 else { throw Problem.fields(faults) }
        let children = parties.filter { $0.capacity == .child }.map(\.person)
        guard response.children.allSatisfy({ $0.person.map(children.contains) ?? true }) else { throw Problem.absent }
        var next = self
        next.response = response
        next.responded.again(by: user)
        return next
    }
}

extension InitialResponse {
    /// Each text by the name of its field.
    fileprivate var texts: [(String, String)] {
        [
            ("household", household), ("contact-words", safeContactAsked.words), ("injuries-words", injuries.words),
            ("photographs-words", photographs.words), ("video-words", video.words), ("arrest-words", arrest.words),
            ("steps-words", stepsWords), ("refused", refused), ("notice-words", notice.words),
            ("evidence-words", evidenceWords), ("consent-words", consent.words),
        ]
            + children.enumerated().flatMap { number, child in
                [
                    ("child-\(number)-who", child.who), ("child-\(number)-where", child.whereabouts),
                    ("child-\(number)-voice", child.voice),
                ]
            }
    }
}
