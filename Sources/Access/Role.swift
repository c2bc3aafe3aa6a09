/// What a person does in her agency. A person may have several roles.
public enum Role: String, Sendable, Hashable, Codable, CaseIterable {
    case responseOfficer = "response-officer"
    case supervisor
    case investigator
    case safeguardingPractitioner = "safeguarding-practitioner"
    case maracCoordinator = "marac-coordinator"
    case partnerPractitioner = "partner-practitioner"
    case offenderManager = "offender-manager"
    case missingCoordinator = "missing-coordinator"
    case neighbourhoodOfficer = "neighbourhood-officer"
    case tacticalFirearmsCommander = "tactical-firearms-commander"
    case analyst
    case inspectionLead = "inspection-lead"
    case privacyOfficer = "privacy-officer"
    /// Reviews a case after a death or serious harm: sees what each agency knew, for the cases she was given.
    case caseReviewer = "case-reviewer"
    /// Keeps watch over those who work here: conflicts of interest and records about them.
    case professionalStandards = "professional-standards"
    case recordsManager = "records-manager"
    case administrator

    /// `Inspection lead`.
    public var title: String { Role.titles[self] ?? rawValue }

    /// Made once: every page says who looks.
    private static let titles = Dictionary(uniqueKeysWithValues: allCases.map { ($0, $0.words) })

    private var words: String {
        if self == .maracCoordinator { return "MARAC coordinator" }
        let words = rawValue.split(separator: "-").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}

/// Why a person looks or writes. Kept with every audit entry: a false reason is evidence of misuse.
public enum Purpose: String, Sendable, Hashable, Codable, CaseIterable {
    case safeguarding
    case investigation
    case inspection
    case analysis
    case administration
    case oversight
}

/// The six operations that Data Protection Act 2018 s.62 wants logged.
public enum Operation: String, Sendable, Hashable, Codable, CaseIterable {
    case collection
    case alteration
    case consultation
    case disclosure
    case combination
    case erasure
}

/// How the person stands to the thing. Facts, fetched in the same transaction as the thing itself.
public enum Relation: String, Sendable, Hashable, Codable, CaseIterable {
    /// It is about herself: her account, her session.
    case own
    /// Her agency owns it.
    case ownAgency = "own-agency"
    /// It was given to her or to a team of hers.
    case assigned
    /// It is shared with her agency now.
    case listed
    /// She broke the glass for somebody it is about, and her hour has not passed.
    case opened
    /// She, somebody close to her, her line manager or somebody she manages is a party to it.
    case conflicted
    /// It is kept to those to whom it was given.
    case closed

    /// Those that forbid, whatever else holds.
    public static let forbidding: Set<Relation> = [.conflicted, .closed]

    /// All that could help: for asking whether a person could ever do something.
    public static let helping = Set(allCases).subtracting(forbidding)
}

/// Families of fields of a record about a person. A grant says which it shows; what it does not show is not there.
public enum FieldClass: String, Sendable, Hashable, Codable, CaseIterable {
    /// Names, date of birth, sex.
    case identity
    /// Addresses and telephones that are not sealed.
    case contact
    /// Numbers given by other bodies, such as a PNC or an NHS number.
    case identifiers
    /// Warning markers: what an officer must know before she knocks.
    case warnings
    /// What was written about her.
    case narrative
}

/// Families of things with one rule each. Every record kind and every family of bulk facts names its class.
public enum ResourceClass: String, Sendable, Hashable, Codable, CaseIterable {
    /// Agencies and teams.
    case organisation
    /// Users and how they sign in.
    case account
    /// Published inspection reports.
    case inspectionReport = "inspection-report"
    /// Areas for improvement, their actions and evidence.
    case improvement
    /// Bulk facts from other systems.
    case fact
    /// Figures made from facts and records.
    case measure
    /// Question sets in their versions: definitions, no answers.
    case instrument
    /// The log of who saw and did what.
    case audit
    /// Reviews of what is held: decisions to keep or destroy, and holds.
    case retention
    /// A person as one agency holds her.
    case person
    /// What happened, who had a part in it, and what else links persons and places.
    case occurrence
    /// A place as one agency holds it.
    case place
    /// Where a person may safely be reached: sealed.
    case safeContact = "safe-contact"
    /// What one agency told another about a person.
    case disclosure
    /// Whether two records are of one person, as people decided.
    case match
    /// An assessment of the risk to a person, with its answers.
    case riskAssessment = "risk-assessment"
    /// What a supervisor decides on such an assessment.
    case riskReview = "risk-review"
    /// Agreements by which partners share persons, and what was loaded by them.
    case sharing
    /// What a person who works here says of herself and of those close to her.
    case interest
    /// Whether a likeness between a party and somebody who works here is one.
    case interestRuling = "interest-ruling"
    /// Access taken in an emergency.
    case glass
    /// Whether such access was right.
    case glassReview = "glass-review"

    /// Things about people outside: conflicts of interest and emergencies are asked about in the same transaction.
    public var isPersonal: Bool {
        switch self {
        case .person, .occurrence, .place, .safeContact, .disclosure, .match, .riskAssessment, .riskReview, .sharing,
            .interestRuling, .glass, .glassReview:
            true
        case .organisation, .account, .inspectionReport, .improvement, .fact, .measure, .instrument, .audit, .retention,
            .interest:
            false
        }
    }
}
