import CLibPQ
import Dispatch
import Glibc
import Ledger

/// One connection through libpq. Confined to the thread of the reader or writer that made it; every wait has an end.
final class PGConnection {
    private let handle: OpaquePointer
    private let limits: PostgresLimits
    private var statements = PGStatements()
    /// Answers that are being read row by row; another statement meanwhile takes what is left of them into memory.
    private var stream: PGStream?
    private let warnings = PGWarnings()
    private var isPoisoned = false

    /// - Throws: `StorageError.unavailable` when no primary answers, `.notADatabase` when it cannot hold our text.
    init(_ address: PostgresAddress, _ limits: PostgresLimits) throws {
        self.limits = limits
        guard let made = PGConnection.connect(address.keywords(limits)) else {
            throw StorageError.unavailable("out of memory")
        }
        handle = made
        guard PQstatus(handle) == CONNECTION_OK else {
            throw StorageError.unavailable(String(cString: PQerrorMessage(handle)))
        }
        PQsetNoticeReceiver(handle, PGWarnings.receiver, Unmanaged.passUnretained(warnings).toOpaque())
        guard let encoding = PQparameterStatus(handle, "server_encoding"), String(cString: encoding) == "UTF8" else {
            throw StorageError.notADatabase("its encoding is not UTF8")
        }
        try simple(settings)
    }

    deinit { PQfinish(handle) }

    private static func connect(_ keywords: [(String, String)]) -> OpaquePointer? {
        let names = keywords.map { strdup($0.0) } + [nil]
        let values = keywords.map { strdup($0.1) } + [nil]
        defer { (names + values).forEach { free($0) } }
        return PQconnectdbParams(names.map { UnsafePointer($0) }, values.map { UnsafePointer($0) }, 0)
    }

    /// An operator may ask for more than `on`, never for less: what was acknowledged must be on the disk.
    private var settings: String {
        """
        SELECT set_config('synchronous_commit',
                CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false),
            set_config('statement_timeout', '\(limits.statementSeconds)s', false),
            set_config('lock_timeout', '\(limits.lockSeconds)s', false),
            set_config('idle_in_transaction_session_timeout', '\(limits.idleSeconds)s', false),
            set_config('client_connection_check_interval', '5s', false)
        """
    }

    /// Whether it can be used on.
    var isSound: Bool { !isPoisoned && PQstatus(handle) == CONNECTION_OK }
    /// Whether a statement of the transaction failed: nothing can be done in it but to go back.
    var hasFailed: Bool { PQtransactionStatus(handle) == PQTRANS_INERROR }
    /// How many warnings the server has given on this connection.
    var warningCount: Int { warnings.count }

    /// Runs statements without values, in one exchange.
    /// - Returns: the command that the last one turned out to be.
    @discardableResult
    func simple(_ sql: String, within seconds: Int? = nil) throws -> String {
        try settle()
        guard PQsendQuery(handle, sql) == 1 else { throw lost() }
        var (fault, command): (StorageError?, String) = (nil, "")
        while let answer = try next(within: seconds) {
            switch answer.status {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK: command = answer.command
            default: fault = fault ?? refusal(answer, sql)
            }
        }
        if let fault { throw fault }
        return command
    }

    /// Runs a prepared statement and gives its whole answer.
    func ask(_ sql: String, _ values: [Value]) throws -> PGAnswer {
        try send(sql, values)
        return try only(sql)
    }

    /// Row by row: one is in memory at a time. `body` gives false to stop; the rest is then passed over.
    func each(_ sql: String, _ values: [Value], _ body: (PGAnswer) throws -> Bool) throws {
        try send(sql, values)
        PQsetSingleRowMode(handle)
        let outer = stream
        let mine = PGStream()
        stream = mine
        defer { stream = outer }
        var (isWanted, failure): (Bool, (any Error)?) = (true, nil)
        while let answer = try mine.next({ try self.next() }) {
            switch answer.status {
            case PGRES_SINGLE_TUPLE where isWanted:
                do {
                    isWanted = try body(answer)
                } catch {
                    (isWanted, failure) = (false, error)
                }
            case PGRES_SINGLE_TUPLE, PGRES_TUPLES_OK: continue
            default: failure = failure ?? refusal(answer, sql)
            }
        }
        if let failure { throw failure }
    }

    /// COPY in its binary form; `fill` gives pieces until there are no more.
    func copy(_ sql: String, _ fill: (_ put: (UnsafeRawBufferPointer) throws -> Void) throws -> Void) throws {
        try settle()
        guard PQsendQuery(handle, sql) == 1 else { throw lost() }
        guard let start = try next() else { throw lost() }
        guard start.status == PGRES_COPY_IN else {
            let fault = refusal(start, sql)
            while try next() != nil {}
            throw fault
        }
        var failure: (any Error)?
        do {
            try fill { bytes in
                let place = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
                guard PQputCopyData(handle, place, Int32(bytes.count)) == 1 else { throw lost() }
            }
        } catch {
            failure = error
        }
        guard PQputCopyEnd(handle, failure == nil ? nil : "stopped") == 1 else { throw lost() }
        while let answer = try next() {
            if answer.status != PGRES_COMMAND_OK { failure = failure ?? refusal(answer, sql) }
        }
        if let failure { throw failure }
    }
}

extension PGConnection {
    /// Another statement can be sent only when the answer before is read.
    private func settle() throws { try stream?.keepRest { try self.next() } }

    private func send(_ sql: String, _ values: [Value]) throws {
        try settle()
        let parameters = try PGParameters(values)
        let name = try prepared(PGStatements.Key(sql: sql, types: parameters.types))
        let isSent = parameters.withPointers { count, pointers, lengths, formats in
            PQsendQueryPrepared(handle, name, count, pointers, lengths, formats, 1) == 1
        }
        guard isSent else { throw lost() }
    }

    private func prepared(_ key: PGStatements.Key) throws -> String {
        if let name = statements.name(key) { return name }
        let name = statements.newName()
        guard PQsendPrepare(handle, name, key.sql, Int32(key.types.count), key.types) == 1 else { throw lost() }
        _ = try only(key.sql)
        if let old = statements.keep(key, name) { try simple("DEALLOCATE \(old)") }
        return name
    }

    private func only(_ sql: String) throws -> PGAnswer {
        guard let answer = try next() else { throw lost() }
        while try next() != nil {}
        guard [PGRES_TUPLES_OK, PGRES_COMMAND_OK].contains(answer.status) else { throw refusal(answer, sql) }
        return answer
    }

    /// The next answer to what was sent; nil when there are no more.
    private func next(within seconds: Int? = nil) throws -> PGAnswer? {
        // The server ends a statement that takes too long; this is for one that does not answer at all.
        let end = DispatchTime.now() + .seconds(seconds ?? limits.statementSeconds + 10)
        while PQisBusy(handle) == 1 {
            try wait(until: end)
            guard PQconsumeInput(handle) == 1 else { throw lost() }
        }
        return PQgetResult(handle).map(PGAnswer.init)
    }

    private func wait(until end: DispatchTime) throws {
        var entry = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        while true {
            let now = DispatchTime.now()
            guard now < end else { throw lost("the database did not answer in time") }
            let left = min((end.uptimeNanoseconds - now.uptimeNanoseconds) / 1_000_000 + 1, 60_000)
            let count = poll(&entry, 1, Int32(left))
            if count > 0 { return }
            if count < 0, errno != EINTR { throw lost() }
        }
    }

    private func lost(_ reason: String? = nil) -> StorageError {
        isPoisoned = true
        return .unavailable(reason ?? String(cString: PQerrorMessage(handle)))
    }

    private func refusal(_ answer: PGAnswer, _ sql: String) -> StorageError {
        let state = answer.state
        if PostgresFault.isFatal(state) { isPoisoned = true }
        return PostgresFault.storageError(state, answer.message, sql)
    }
}

/// Answers that are still to come, or were taken into memory because another statement had to be sent.
private final class PGStream {
    private var kept: [PGAnswer] = []
    private var isKept = false

    func next(_ fetch: () throws -> PGAnswer?) throws -> PGAnswer? {
        guard isKept else { return try fetch() }
        return kept.popLast()
    }

    func keepRest(_ fetch: () throws -> PGAnswer?) throws {
        guard !isKept else { return }
        while let answer = try fetch() { kept.append(answer) }
        kept.reverse()
        isKept = true
    }
}

/// Counts warnings; libpq would print them.
private final class PGWarnings {
    private(set) var count = 0

    static let receiver: PQnoticeReceiver = { context, result in
        guard let context, let severity = PQresultErrorField(result, Int32(UInt8(ascii: "V"))) else { return }
        guard String(cString: severity) == "WARNING" else { return }
        Unmanaged<PGWarnings>.fromOpaque(context).takeUnretainedValue().count += 1
    }
}
