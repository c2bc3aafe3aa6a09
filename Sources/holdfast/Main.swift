import ArgumentParser
import Foundation
import Kernel
import Ledger
import StoreSQLite

@main
enum Main {
    static func main() async {
        signal(SIGPIPE, SIG_IGN)
        let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true)
        let arguments = Array(CommandLine.arguments.dropFirst())
        exit(await run(arguments, .terminal, from: here))
    }

    /// Parses and runs; the exit code.
    private static func run(_ arguments: [String], _ console: Console, from directory: URL) async -> Int32 {
        do {
            var command = try HoldfastCommand.parseAsRoot(arguments)
            if let serve = command as? ServeCommand {
                try await serve.serve(console, from: directory)
            } else if let command = command as? any HouseCommand {
                return try await run(command, arguments, console, from: directory)
            } else {
                try command.run()
            }
            return 0
        } catch {
            return report(error, console)
        }
    }

    private static func run(
        _ command: any HouseCommand, _ arguments: [String], _ console: Console, from directory: URL
    ) async throws -> Int32 {
        let folder = command.place.folder(from: directory)
        do {
            let house = try await OpenHouse.open(folder)
            do {
                try await command.run(in: house, console, from: directory)
                try await house.close()
            } catch {
                try await house.close()
                throw error
            }
            return 0
        } catch StorageError.locked {
            return try Doorbell.ring(folder, arguments, from: directory, console)
        }
    }

    /// Says what went wrong, on standard error, and gives the exit code.
    static func report(_ error: any Error, _ console: Console) -> Int32 {
        switch error {
        case let refusal as Refusal:
            if !refusal.message.isEmpty { console.advise(refusal.message) }
            return refusal.code
        case let problem as Problem:
            console.advise(problem.description)
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
            "The disk failed (\(cause)). What was being saved may or may not be there; check before repeating."
        case .notADatabase(let cause): "This folder's holdfast.sqlite is not a sound database: \(cause)."
        case .statement(let cause): "The store refused a statement: \(cause)."
        }
    }
}
