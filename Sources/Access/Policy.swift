/// What is allowed: the whole policy, as one table. Anything not granted here is refused.
public struct Grant: Sendable, Hashable {
    /// Nil means every signed-in person.
    let role: Role?
    let resource: ResourceClass
    let operations: Set<Operation>
    /// Each of these must hold. Empty means whatever the relation.
    let relations: Set<Relation>
    /// One of these must be hers. Nil means whatever the purpose.
    let purposes: Set<Purpose>?
    /// What it shows of a record about a person.
    let fields: Set<FieldClass>

    init(
        _ role: Role?, _ resource: ResourceClass, _ operations: Set<Operation>, when relations: Set<Relation> = [],
        for purposes: Set<Purpose>? = nil, showing fields: Set<FieldClass> = Set(FieldClass.allCases)
    ) {
        (self.role, self.resource, self.operations, self.relations) = (role, resource, operations, relations)
        (self.purposes, self.fields) = (purposes, fields)
    }
}

public enum Policy {
    static let change: Set<Operation> = [.collection, .alteration, .consultation]

    /// Reports are published documents and open facts hold no person: every signed-in person may read them. What a
    /// force says of itself stays within its agency, with whoever was given a part of it.
    public static let grants: [Grant] =
        [
            Grant(nil, .organisation, [.consultation]),
            Grant(nil, .account, [.consultation, .alteration], when: [.own]),
            Grant(nil, .inspectionReport, [.consultation]),
            Grant(nil, .improvement, [.consultation, .alteration], when: [.assigned]),
            Grant(nil, .fact, [.consultation]),
            Grant(nil, .measure, [.consultation]),
            Grant(nil, .instrument, [.consultation]),
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
        ] + PersonalPolicy.grants

    /// The same by what they are about: a page asks about a score of things.
    static let grantsByResource = Dictionary(grouping: grants, by: \.resource)

    /// Whether `relations` forbid it before any role is asked. What is kept to named people stays open to those named,
    /// to an agency that was told of it and to whoever broke the glass; a conflict of interest opens to nothing. When
    /// its time is over it goes like any other: erasing shows nothing.
    static func forbids(_ operation: Operation, _ resource: ResourceClass, _ relations: Set<Relation>) -> Bool {
        if relations.contains(.conflicted) { return true }
        if operation == .erasure { return false }
        // Of a match one side may be kept: that the other is hers opens nothing.
        if resource == .match {
            return relations.contains(.closed) && relations.isDisjoint(with: [.assigned, .opened])
        }
        // Whoever keeps watch over it is not kept from watching.
        guard
            [.person, .occurrence, .place, .riskAssessment, .riskReview, .safeContact, .disclosure].contains(resource)
        else { return false }
        return relations.contains(.closed) && relations.isDisjoint(with: [.assigned, .listed, .opened])
    }
}

/// The order in which access is decided.
public enum Step: String, Sendable, Hashable, CaseIterable {
    case forbid
    case role
    /// A live relationship: owned, given, shared or opened now.
    case relationship
    case purpose
}

/// The answer, with the reason that goes into the audit.
public enum Decision: Sendable, Hashable {
    /// - Parameter fields: the classes of fields that may be seen.
    case allowed(by: Role?, fields: Set<FieldClass>)
    case refused(at: Step)

    public var isAllowed: Bool { if case .allowed = self { true } else { false } }

    /// None where it was refused.
    public var fields: Set<FieldClass> { if case .allowed(_, let fields) = self { fields } else { [] } }
}

/// Whether `actor` may do `operation` to a thing of class `resource` to which she stands in `relations`: what forbids,
/// then role, live relationship and purpose, then which classes of fields she sees.
///
/// Pure: the same facts give the same answer. Tested as a table over roles × classes × operations × relations.
public func decide(
    _ actor: Actor, _ operation: Operation, on resource: ResourceClass, standing relations: Set<Relation>
) -> Decision {
    guard !Policy.forbids(operation, resource, relations) else { return .refused(at: .forbid) }
    let ofRole = (Policy.grantsByResource[resource] ?? []).filter { grant in
        grant.operations.contains(operation) && (grant.role.map(actor.roles.contains) ?? true)
    }
    guard !ofRole.isEmpty else { return .refused(at: .role) }
    let ofRelation = ofRole.filter { $0.relations.isEmpty || $0.relations.isSubset(of: relations) }
    guard !ofRelation.isEmpty else { return .refused(at: .relationship) }
    let ofPurpose = ofRelation.filter { $0.purposes?.contains(actor.purpose) ?? true }
    guard let first = ofPurpose.first else { return .refused(at: .purpose) }
    return .allowed(by: first.role, fields: ofPurpose.reduce(into: []) { $0.formUnion($1.fields) })
}
