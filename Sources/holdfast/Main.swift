import ArgumentParser
import Feeds
import Foundation
import Kernel
import Ledger

@main
enum Main {
    /// How long a command waits for another one that has the data open.
    private static let patience = Duration.seconds(5)

    static func main() async {
        signal(SIGPIPE, SIG_IGN)
        // What is made here is its owner's alone, also in a folder that others may enter.
        umask(0o077)
        let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true)
        let arguments = Array(CommandLine.arguments.dropFirst())
        exit(StandardOutput.shared.verdict(await run(arguments, .terminal, from: here)))
    }

    /// Parses and runs; the exit code.
    private static func run(_ arguments: [String], _ console: Console, from directory: URL) async -> Int32 {
        do {
            var command = try HoldfastCommand.parseAsRoot(arguments)
            if let serve = command as? ServeCommand {
                try await serve.serve(console, from: directory)
            } else if let move = command as? MoveCommand {
                try await move.move(console, from: directory)
            } else if let command = command as? any HouseCommand {
                return try await run(command, arguments, console, from: directory)
            } else if let command = command as? any ApartCommand {
                try await run(command, console, from: directory)
            } else {
                try command.run()
            }
            return 0
        } catch {
            return report(error, console)
        }
    }

    /// Here when nobody has the data open, through the server's door when a server has, and after a short wait when
    /// another command has.
    private static func run(
        _ command: any HouseCommand, _ arguments: [String], _ console: Console, from directory: URL
    ) async throws -> Int32 {
        let place = try command.place.place(from: directory)
        if command.needsData { try await place.requireData() }
        let end = ContinuousClock.now + patience
        while true {
            do {
                try await run(command, in: try await OpenHouse.open(place), console, from: directory)
                return 0
            } catch StorageError.locked(let holder) {
                guard case .folder(let folder) = place else { throw StorageError.locked(by: holder) }
                if let code = try Doorbell.ring(folder, arguments, from: directory, console) { return code }
                guard ContinuousClock.now < end else { throw StorageError.locked(by: holder) }
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    private static func run(_ command: any ApartCommand, _ console: Console, from directory: URL) async throws {
        let work = Task { try await command.run(apart: console, from: directory) }
        let interruption = Interruption(console) { work.cancel() }
        defer { interruption.end() }
        do {
            try await work.value
        } catch {
            throw work.isCancelled ? Refusal.stopped : error
        }
    }

    private static func run(
        _ command: any HouseCommand, in house: OpenHouse, _ console: Console, from directory: URL
    ) async throws {
        let work = Task { try await command.run(in: house, console, from: directory) }
        let interruption = Interruption(console) { work.cancel() }
        defer { interruption.end() }
        do {
            try await work.value
        } catch {
            let wasStopped = work.isCancelled
            if wasStopped { try? await house.feeds.recover(as: house.keeper) }
            try await house.close()
            throw wasStopped ? Refusal.stopped : error
        }
        try await house.close()
    }

    /// Says what went wrong, on standard error, and gives the exit code.
    static func report(_ error: any Error, _ console: Console) -> Int32 {
        switch error {
        case let refusal as Refusal:
            if !refusal.message.isEmpty { console.advise(refusal.message) }
            return refusal.code
        case let problem as Problem where problem == .absent:
            console.advise("There is none of that name, or it is not yours to see.")
            return 1
        case let problem as Problem:
            let isWhole = problem.message.last?.isPunctuation ?? true
            console.advise(isWhole ? problem.description : "\(problem.message). \(problem.next)")
            for field in problem.fields { console.advise("  \(field.message)") }
            return 1
        case let fault as StorageError:
            console.advise(words(fault))
            return 1
        default: return usage(error, console)
        }
    }

    private static func usage(_ error: any Error, _ console: Console) -> Int32 {
        let code = HoldfastCommand.exitCode(for: error)
        let message = HoldfastCommand.fullMessage(for: error)
        if code.isSuccess {
            if !message.isEmpty { console.line(message) }
            return 0
        }
        if code == .validationFailure {
            console.advise(message)
            return 2
        }
        console.advise("Something went wrong: \(error)")
        return 1
    }

    private static func words(_ fault: StorageError) -> String {
        switch fault {
        case .diskFull: "The disk is full. Nothing was changed. Make room and try again."
        case .locked(let process):
            "The data is open in another process\(process.map { " (\($0))" } ?? ""). Stop it, or wait until it ends."
        case .unknownOutcome(let cause):
            "The disk or the database failed (\(cause)). What was being saved may or may not be there; check before repeating."
        case .unavailable(let cause):
            "The database could not be reached, and what was being saved was not kept: \(cause). Try again."
        case .notADatabase(let cause): "The data is not a sound database: \(cause)."
        case .statement(let cause): "The store refused a statement: \(cause)."
        }
    }
}
