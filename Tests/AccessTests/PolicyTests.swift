import Access
import Testing

@Suite("Policy")
struct PolicyTests {
    private func actor(_ roles: Set<Role>) -> Actor {
        Actor(user: "ola", agency: "police", roles: roles, purpose: .inspection)
    }

    private static let subsets: [Set<Relation>] = [
        [], [.own], [.ownAgency], [.assigned], [.own, .ownAgency], [.own, .assigned], [.ownAgency, .assigned],
        [.own, .ownAgency, .assigned],
    ]

    /// The whole table, role by role, written out by hand from the documents and not from the code.
    private func expected(
        _ role: Role, _ operation: Operation, _ resource: ResourceClass, _ relations: Set<Relation>
    ) -> Bool {
        let isChange = [.collection, .alteration, .consultation].contains(operation)
        switch resource {
        case .organisation: return operation == .consultation || (role == .administrator && isChange)
        case .account:
            if relations.contains(.own), [.consultation, .alteration].contains(operation) { return true }
            if role == .administrator { return isChange || operation == .erasure }
            return role == .privacyOfficer && operation == .consultation
        case .inspectionReport:
            if operation == .consultation { return true }
            if role == .recordsManager { return operation == .erasure && relations.contains(.ownAgency) }
            return role == .inspectionLead && (isChange || operation == .disclosure)
        case .improvement:
            if relations.contains(.assigned), [.consultation, .alteration].contains(operation) { return true }
            guard relations.contains(.ownAgency) else { return false }
            if role == .inspectionLead { return isChange || operation == .disclosure }
            if role == .recordsManager { return [.consultation, .erasure].contains(operation) }
            return [.analyst, .supervisor, .privacyOfficer].contains(role) && operation == .consultation
        case .fact:
            if operation == .consultation { return true }
            return role == .analyst && (isChange || operation == .disclosure)
        case .measure:
            if operation == .consultation { return true }
            return [.analyst, .inspectionLead].contains(role)
                && [.collection, .alteration, .disclosure].contains(operation)
        case .instrument: return operation == .consultation
        case .audit: return role == .privacyOfficer && [.consultation, .disclosure].contains(operation)
        case .person, .occurrence, .place, .safeContact, .disclosure, .match, .riskAssessment, .riskReview, .sharing,
            .interest, .interestRuling, .glass, .glassReview:
            // `PersonalPolicyTests`
            return false
        case .retention:
            guard relations.contains(.ownAgency) else { return false }
            if role == .recordsManager { return isChange || operation == .erasure }
            return role == .privacyOfficer && operation == .consultation
        }
    }

    @Test(
        "Each role may do to each class, in each relation, what the table says and nothing else",
        arguments: Role.allCases)
    func wholeTable(role: Role) {
        for resource in ResourceClass.allCases where !resource.isPersonal && resource != .interest {
            for operation in Operation.allCases {
                for relations in Self.subsets {
                    let decision = decide(actor([role]), operation, on: resource, standing: relations)
                    #expect(
                        decision.isAllowed == expected(role, operation, resource, relations),
                        "\(role) \(operation) \(resource) \(relations)")
                }
            }
        }
    }

    @Test("Somebody without a role may read what is published, and nothing of accounts, improvements or the log")
    func nobody() {
        #expect(decide(actor([]), .consultation, on: .inspectionReport, standing: []).isAllowed)
        for resource in [ResourceClass.account, .improvement, .audit] {
            #expect(!decide(actor([]), .consultation, on: resource, standing: [.ownAgency]).isAllowed)
        }
    }

    @Test("A second role never takes anything away")
    func rolesAdd() {
        for role in Role.allCases {
            for resource in ResourceClass.allCases {
                for operation in Operation.allCases
                where decide(
                    actor([role]), operation, on: resource, standing: [.ownAgency]
                ).isAllowed {
                    #expect(
                        decide(actor(Set(Role.allCases)), operation, on: resource, standing: [.ownAgency]).isAllowed)
                }
            }
        }
    }

    @Test("Nobody may erase anything but an administrator an account, and a records manager what is her agency's")
    func erasure() {
        for resource in ResourceClass.allCases where resource != .account {
            let everyone = actor(Set(Role.allCases).subtracting([.recordsManager]))
            #expect(!decide(everyone, .erasure, on: resource, standing: Relation.helping).isAllowed)
            let manager = decide(actor([.recordsManager]), .erasure, on: resource, standing: [.own, .assigned])
            #expect(!manager.isAllowed)
            #expect(!decide(everyone, .combination, on: resource, standing: Relation.helping).isAllowed)
        }
    }
}
