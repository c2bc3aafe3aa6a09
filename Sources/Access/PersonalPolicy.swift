/// Who may do what to records about people outside, and to those that keep watch over it.
enum PersonalPolicy {
    static let grants =
        practitioners.flatMap(practitioner) + assessing + matching + loaders.map(loader) + narrow + reviewing + watching

    /// Those whose work is with people. Each works with what her agency holds and what was shared with it.
    static let practitioners: [Role] = [
        .responseOfficer, .supervisor, .investigator, .safeguardingPractitioner, .maracCoordinator,
        .partnerPractitioner, .offenderManager, .missingCoordinator,
    ]

    private static let work: Set<Purpose> = [.safeguarding, .investigation]

    private static func practitioner(_ role: Role) -> [Grant] {
        [
            Grant(role, .person, Policy.change, when: [.ownAgency], for: work),
            // In an emergency she sees; she changes nothing.
            Grant(role, .person, [.consultation], when: [.opened], for: work),
            Grant(role, .safeContact, Policy.change, when: [.ownAgency], for: work),
            Grant(role, .disclosure, Policy.change, when: [.ownAgency], for: work),
            Grant(role, .disclosure, [.consultation], when: [.listed], for: work),
            Grant(role, .person, [.disclosure], when: [.ownAgency], for: work),
            Grant(role, .occurrence, Policy.change, when: [.ownAgency], for: work),
            Grant(role, .place, Policy.change, when: [.ownAgency], for: work),
            Grant(role, .riskAssessment, Policy.change, when: [.ownAgency], for: work),
            Grant(role, .glass, [.collection], for: work),
        ]
    }

    /// Who agrees an assessment of risk, returns it or opens it again. Whether it was hers, the slice asks.
    static let riskReviewers: [Role] = [.supervisor, .safeguardingPractitioner]

    private static let assessing =
        riskReviewers.map { Grant($0, .riskReview, Policy.change, when: [.ownAgency], for: work) } + [
            // Officers held against one another: for whoever leads the learning, and not for every sergeant.
            Grant(.safeguardingPractitioner, .riskReview, [.combination], when: [.ownAgency], for: work),
            Grant(.caseReviewer, .riskAssessment, [.consultation], when: [.assigned], for: [.oversight]),
        ]

    /// Who decides whether two records are of one person. The agency that decided, and those that hold the two, see it.
    static let matchers: [Role] = [
        .supervisor, .investigator, .safeguardingPractitioner, .maracCoordinator, .partnerPractitioner,
    ]

    private static let matching =
        [Relation.ownAgency, .listed].flatMap { relation in
            practitioners.map { Grant($0, .match, [.consultation], when: [relation], for: work) }
                + matchers.map { Grant($0, .match, [.combination], when: [relation], for: work) }
        } + [
            Grant(.caseReviewer, .match, [.consultation], when: [.assigned], for: [.oversight]),
            Grant(.recordsManager, .match, [.consultation, .erasure], when: [.ownAgency]),
        ]

    /// Those who may take in what a partner shares: many persons at once.
    static let loaders: [Role] = [.supervisor, .safeguardingPractitioner, .maracCoordinator, .partnerPractitioner]

    private static func loader(_ role: Role) -> Grant {
        Grant(role, .sharing, Policy.change, when: [.ownAgency], for: work)
    }

    private static let narrow = [
        // Who she is and what to beware of at the door; not where she lives, nor what was written.
        Grant(
            .neighbourhoodOfficer, .person, [.consultation], when: [.ownAgency], for: work,
            showing: [.identity, .warnings]),
        Grant(.caseReviewer, .person, [.consultation], when: [.assigned], for: [.oversight]),
        Grant(.caseReviewer, .disclosure, [.consultation], when: [.assigned], for: [.oversight]),
        // Of the persons she was given. A place by itself is given to nobody but those who know of a refuge.
        Grant(.caseReviewer, .occurrence, [.consultation], when: [.assigned], for: [.oversight]),
    ]

    /// Whoever reviews what is held sees whose it is, and takes it away when that was decided.
    private static let reviewing =
        [ResourceClass.person, .occurrence, .place, .riskAssessment, .disclosure].map { resource in
            Grant(
                .recordsManager, resource, [.consultation, .erasure], when: [.ownAgency], showing: [.identity])
        } + [
            Grant(.recordsManager, .sharing, [.consultation, .erasure], when: [.ownAgency]),
            Grant(.privacyOfficer, .sharing, [.consultation], when: [.ownAgency]),
        ]

    private static let watching =
        [
            // She says it; that it no longer holds is for somebody else to say.
            Grant(nil, .interest, [.collection, .consultation], when: [.own]),
            Grant(nil, .glass, [.consultation], when: [.own]),
            Grant(nil, .glassReview, [.consultation], when: [.own]),
            Grant(.professionalStandards, .interest, [.consultation, .alteration], when: [.ownAgency]),
            Grant(
                .professionalStandards, .person, [.consultation], when: [.ownAgency], for: [.oversight],
                showing: [.identity]),
            Grant(.professionalStandards, .interestRuling, Policy.change, when: [.ownAgency]),
        ] + [Role.professionalStandards, .privacyOfficer].flatMap(reviewer)

    /// Of the agency of whoever opened it, or of one that holds what was opened.
    private static func reviewer(_ role: Role) -> [Grant] {
        [Relation.ownAgency, .listed].flatMap { relation in
            [
                Grant(role, .glass, [.consultation, .alteration], when: [relation]),
                Grant(role, .glassReview, [.collection, .consultation], when: [relation]),
            ]
        }
    }
}
