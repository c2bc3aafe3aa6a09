/// What is allowed: the whole policy, as one table. Anything not granted here is refused.
public struct Grant: Sendable, Hashable {
    /// Nil means every signed-in person.
    let role: Role?
    let resource: ResourceClass
    let operations: Set<Operation>
    /// Each of these must hold. Empty means whatever the relation.
    let relations: Set<Relation>

    init(_ role: Role?, _ resource: ResourceClass, _ operations: Set<Operation>, when relations: Set<Relation> = []) {
        (self.role, self.resource, self.operations, self.relations) = (role, resource, operations, relations)
    }
}

public enum Policy {
    static let change: Set<Operation> = [.collection, .alteration, .consultation]

    /// Reports are published documents and open facts hold no person: every signed-in person may read them. What a
    /// force says of itself stays within its agency, with whoever was given a part of it.
    public static let grants: [Grant] = [
        Grant(nil, .organisation, [.consultation]),
        Grant(nil, .account, [.consultation, .alteration], when: [.own]),
        Grant(nil, .inspectionReport, [.consultation]),
        Grant(nil, .improvement, [.consultation, .alteration], when: [.assigned]),
        Grant(nil, .fact, [.consultation]),
        Grant(nil, .measure, [.consultation]),
        Grant(.administrator, .organisation, change),
        Grant(.administrator, .account, change.union([.erasure])),
        Grant(.inspectionLead, .inspectionReport, change.union([.disclosure])),
        Grant(.inspectionLead, .improvement, change.union([.disclosure]), when: [.ownAgency]),
        Grant(.inspectionLead, .measure, [.collection, .alteration, .disclosure]),
        Grant(.analyst, .fact, change.union([.disclosure])),
        Grant(.analyst, .measure, change.union([.disclosure])),
        Grant(.analyst, .improvement, [.consultation], when: [.ownAgency]),
        Grant(.supervisor, .improvement, [.consultation], when: [.ownAgency]),
        Grant(.privacyOfficer, .audit, [.consultation, .disclosure]),
        Grant(.privacyOfficer, .account, [.consultation]),
        Grant(.privacyOfficer, .improvement, [.consultation], when: [.ownAgency]),
        Grant(.privacyOfficer, .retention, [.consultation], when: [.ownAgency]),
        Grant(.recordsManager, .retention, change.union([.erasure]), when: [.ownAgency]),
        Grant(.recordsManager, .improvement, [.consultation, .erasure], when: [.ownAgency]),
        Grant(.recordsManager, .inspectionReport, [.erasure], when: [.ownAgency]),
    ]
}

/// The answer, with the reason that goes into the audit.
public enum Decision: Sendable, Hashable {
    case allowed(by: Role?)
    case refused

    public var isAllowed: Bool { self != .refused }
}

/// Whether `actor` may do `operation` to a thing of class `resource` to which she stands in `relations`.
///
/// Pure: the same facts give the same answer. Tested as a table over roles × classes × operations × relations.
public func decide(
    _ actor: Actor, _ operation: Operation, on resource: ResourceClass, standing relations: Set<Relation>
) -> Decision {
    let grant = Policy.grants.first { grant in
        grant.resource == resource && grant.operations.contains(operation) && grant.relations.isSubset(of: relations)
            && (grant.role.map(actor.roles.contains) ?? true)
    }
    return grant.map { .allowed(by: $0.role) } ?? .refused
}
