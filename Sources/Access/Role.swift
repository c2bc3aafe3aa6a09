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
    /// The log of who saw and did what.
    case audit
    /// Reviews of what is held: decisions to keep or destroy, and holds.
    case retention
}
