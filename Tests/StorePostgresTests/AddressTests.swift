import Kernel
import StorePostgres
import TestKit
import Testing

@Suite("The address of a database")
struct AddressTests {
    @Test func `hosts, user and database are read as libpq reads them`() throws {
        let address = try PostgresAddress("postgresql://hold@a,b:5433/fast?target_session_attrs=read-write")
        #expect(address.description == "fast on a,b")
        #expect(address.database == "fast")
        #expect(PostgresAddress.isOne("postgres://a/b") && !PostgresAddress.isOne("./data"))
    }

    @Test(arguments: [
        "postgresql://hold:canary-7@a/fast", "postgresql://hold@a/fast?password=canary-7",
        "postgresql://hold@a/fast?canary-7=1", "postgresql://a/fast?target_session_attrs=standby",
    ])
    func `an address with a password, or that asks for a standby, is refused without repeating it`(
        _ text: String
    ) throws {
        let problem = try #require(throws: Problem.self) { try PostgresAddress(text) }
        #expect(problem.code == .invalid)
        #expect(!problem.description.contains("canary"))
    }
}
