import Access
import Testing

@Suite("Access to records about people is decided in one order")
struct PersonalPolicyTests {
    private func actor(_ roles: Set<Role>, _ purpose: Purpose = .safeguarding) -> Actor {
        Actor(user: "ola", agency: "police", roles: roles, purpose: purpose)
    }

    private static let practitioners: Set<Role> = [
        .responseOfficer, .supervisor, .investigator, .safeguardingPractitioner, .maracCoordinator,
        .partnerPractitioner, .offenderManager, .missingCoordinator,
    ]

    /// Kept to those named, and she is none of them.
    private func isKept(_ resource: ResourceClass, _ operation: Operation, _ relations: Set<Relation>) -> Bool {
        relations.contains(.closed) && operation != .erasure
            && relations.isDisjoint(with: [.assigned, .listed, .opened])
            && [.person, .occurrence, .place, .riskAssessment, .riskReview, .safeContact, .disclosure]
                .contains(resource)
    }

    /// Written out by hand from the documents and not from the code.
    private func expected(
        _ role: Role, _ operation: Operation, _ resource: ResourceClass, _ relations: Set<Relation>, _ purpose: Purpose
    ) -> Bool {
        if relations.contains(.conflicted) { return false }
        if isKept(resource, operation, relations) { return false }
        let (isWork, isChange) = (
            [.safeguarding, .investigation].contains(purpose),
            [.collection, .alteration, .consultation].contains(operation)
        )
        let (isOwn, isPractitioner) = (relations.contains(.ownAgency), Self.practitioners.contains(role))
        if role == .recordsManager, [.person, .occurrence, .place, .riskAssessment, .disclosure].contains(resource) {
            return isOwn && [.consultation, .erasure].contains(operation)
        }
        switch resource {
        case .sharing: return isOwn && shared(role, operation, isWork: isWork)
        case .person:
            if isPractitioner, isWork {
                if isOwn { return isChange || operation == .disclosure }
                return relations.contains(.opened) && operation == .consultation
            }
            guard operation == .consultation else { return false }
            if role == .neighbourhoodOfficer { return isOwn && isWork }
            if role == .professionalStandards { return isOwn && purpose == .oversight }
            return role == .caseReviewer && relations.contains(.assigned) && purpose == .oversight
        case .place, .safeContact: return isPractitioner && isWork && isOwn && isChange
        case .riskReview:
            guard isWork, isOwn else { return false }
            // Officers held against one another.
            if operation == .combination { return role == .safeguardingPractitioner }
            return [.supervisor, .safeguardingPractitioner].contains(role) && isChange
        case .occurrence, .riskAssessment, .disclosure:
            if isPractitioner, isWork {
                let isTold = resource == .disclosure && relations.contains(.listed)
                return (isOwn && isChange) || (isTold && operation == .consultation)
            }
            return role == .caseReviewer && relations.contains(.assigned) && purpose == .oversight
                && operation == .consultation
        case .match: return matched(role, operation, relations, isWork: isWork, purpose)
        case .interest, .interestRuling, .glass, .glassReview:
            return watched(role, operation, resource, relations, isWork: isWork)
        case .organisation, .account, .inspectionReport, .improvement, .fact, .measure, .instrument, .audit, .retention:
            return false
        }
    }

    private static let matchers: Set<Role> = [
        .supervisor, .investigator, .safeguardingPractitioner, .maracCoordinator, .partnerPractitioner,
    ]

    /// Whether two records are of one person: of the agency that decided, and of those that hold the two.
    private func matched(
        _ role: Role, _ operation: Operation, _ relations: Set<Relation>, isWork: Bool, _ purpose: Purpose
    ) -> Bool {
        // One side may be kept: that an agency holds the other opens nothing.
        if relations.contains(.closed), operation != .erasure, relations.isDisjoint(with: [.assigned, .opened]) {
            return false
        }
        if role == .recordsManager {
            return relations.contains(.ownAgency) && [.consultation, .erasure].contains(operation)
        }
        if role == .caseReviewer {
            return relations.contains(.assigned) && operation == .consultation && purpose == .oversight
        }
        guard isWork, !relations.isDisjoint(with: [.ownAgency, .listed]) else { return false }
        return operation == .consultation
            ? Self.practitioners.contains(role) : operation == .combination && Self.matchers.contains(role)
    }

    /// The same for what partners share with her agency.
    private func shared(_ role: Role, _ operation: Operation, isWork: Bool) -> Bool {
        if role == .recordsManager { return [.consultation, .erasure].contains(operation) }
        if role == .privacyOfficer { return operation == .consultation }
        return isWork && [.collection, .alteration, .consultation].contains(operation)
            && [.supervisor, .safeguardingPractitioner, .maracCoordinator, .partnerPractitioner].contains(role)
    }

    /// The same for what is watched over.
    private func watched(
        _ role: Role, _ operation: Operation, _ resource: ResourceClass, _ relations: Set<Relation>, isWork: Bool
    ) -> Bool {
        let (isOwn, isPractitioner) = (relations.contains(.ownAgency), Self.practitioners.contains(role))
        let isChange = [.collection, .alteration, .consultation].contains(operation)
        switch resource {
        case .interest:
            if relations.contains(.own), [.collection, .consultation].contains(operation) { return true }
            return role == .professionalStandards && isOwn && [.alteration, .consultation].contains(operation)
        case .interestRuling: return role == .professionalStandards && isOwn && isChange
        case .glass:
            if operation == .collection { return isPractitioner && isWork }
            if operation == .consultation, relations.contains(.own) { return true }
            return (isOwn || relations.contains(.listed)) && [.professionalStandards, .privacyOfficer].contains(role)
                && [.alteration, .consultation].contains(operation)
        case .glassReview:
            if operation == .consultation, relations.contains(.own) { return true }
            return (isOwn || relations.contains(.listed)) && [.professionalStandards, .privacyOfficer].contains(role)
                && [.collection, .consultation].contains(operation)
        default: return false
        }
    }

    private static let personal = ResourceClass.allCases.filter { $0.isPersonal || $0 == .interest }

    /// Every set of relations: 128 of them.
    private static let subsets = (0..<(1 << Relation.allCases.count)).map { bits in
        Set(Relation.allCases.enumerated().filter { bits & (1 << $0.offset) != 0 }.map(\.element))
    }

    @Test(
        "Each role may do to each class, in each relation and for each purpose, what the table says and nothing else",
        arguments: Role.allCases)
    func wholeTable(role: Role) {
        var differences = 0
        for resource in Self.personal {
            for operation in Operation.allCases {
                for relations in Self.subsets {
                    for purpose in Purpose.allCases {
                        let decision = decide(actor([role], purpose), operation, on: resource, standing: relations)
                        let isExpected = expected(role, operation, resource, relations, purpose)
                        if decision.isAllowed != isExpected { differences += 1 }
                    }
                }
            }
        }
        #expect(differences == 0)
    }

    @Test("A conflict of interest opens to nothing: no role, relation or purpose helps", arguments: Relation.allCases)
    func conflict(relation: Relation) {
        for resource in ResourceClass.allCases {
            for operation in Operation.allCases {
                let decision = decide(
                    actor(Set(Role.allCases)), operation, on: resource,
                    standing: [relation, .conflicted, .own, .opened])
                #expect(decision == .refused(at: .forbid))
            }
        }
    }

    @Test("What is refused is refused at the first step that does not hold")
    func order() {
        let officer = actor([.responseOfficer])
        let step = { (who: Actor, relations: Set<Relation>) in
            decide(who, .consultation, on: .person, standing: relations)
        }
        #expect(step(officer, [.closed, .ownAgency]) == .refused(at: .forbid))
        #expect(step(actor([.analyst]), [.ownAgency]) == .refused(at: .role))
        #expect(step(officer, []) == .refused(at: .relationship))
        #expect(step(actor([.responseOfficer], .administration), [.ownAgency]) == .refused(at: .purpose))
        #expect(step(officer, [.ownAgency]).isAllowed)
    }

    @Test("What is kept to named people goes when its time is over, by those who do not see it")
    func keptAndErased() {
        let (keeper, kept) = (actor([.recordsManager], .administration), Set<Relation>([.closed, .ownAgency]))
        #expect(decide(keeper, .erasure, on: .person, standing: kept).isAllowed)
        #expect(decide(keeper, .consultation, on: .person, standing: kept) == .refused(at: .forbid))
        #expect(decide(keeper, .erasure, on: .person, standing: kept.union([.conflicted])) == .refused(at: .forbid))
        #expect(decide(actor([.supervisor]), .erasure, on: .person, standing: kept) == .refused(at: .role))
    }

    @Test("A narrow role sees its fields, and a second role adds to them")
    func fields() {
        let narrow = decide(actor([.neighbourhoodOfficer]), .consultation, on: .person, standing: [.ownAgency])
        #expect(narrow.fields == [.identity, .warnings])
        let both = decide(
            actor([.neighbourhoodOfficer, .supervisor]), .consultation, on: .person, standing: [.ownAgency])
        #expect(both.fields == Set(FieldClass.allCases))
    }

    @Test("Whoever may change a person sees all of her: nobody saves over what she could not see")
    func blindChanges() {
        for role in Role.allCases {
            for relations in Self.subsets {
                for purpose in Purpose.allCases {
                    let who = actor([role], purpose)
                    guard decide(who, .alteration, on: .person, standing: relations).isAllowed else { continue }
                    let seen = decide(who, .consultation, on: .person, standing: relations)
                    #expect(seen.fields == Set(FieldClass.allCases))
                }
            }
        }
    }
}
