import Testing

@testable import Federation

@Suite("Strict JSON")
struct StrictJSONTests {
    private func read(_ text: String) throws -> StrictJSON { try StrictJSON(Array(text.utf8), limit: 4096) }

    @Test func `reads what the standard allows`() throws {
        let json = try read(#" {"a":[1,-2.5e3,true,false,null],"b":"x\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é"} "#)
        #expect(json["a"]?.list == [.number(1), .number(-2500), .bool(true), .bool(false), .null])
        #expect(json["b"]?.text == "x\"\\/\u{8}\u{C}\n\r\té😀é")
        #expect(try read("{}") == .object([:]))
    }

    @Test(arguments: [
        "", " ", "{", "}", "[1,]", "{\"a\":1,}", "{a:1}", "{'a':1}", "01", "+1", ".5", "1.", "1e", "--1", "NaN",
        "tru", "truex", "\"a", "\"\u{1}\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\u0000\"", "1 2",
        "[1 2]", "{\"a\" 1}", "1e999", "\"\\ud800\\u0041\"",
    ])
    func `refuses what it does not`(_ text: String) {
        #expect(throws: StrictJSON.Fault.notJSON) { try read(text) }
    }

    @Test func `refuses a member named twice, in whatever spelling`() {
        #expect(throws: StrictJSON.Fault.memberTwice) { try read(#"{"a":1,"a":1}"#) }
        #expect(throws: StrictJSON.Fault.memberTwice) { try read(#"{"b":{"a":1,"\u0061":2}}"#) }
    }

    @Test func `bounds size and depth`() {
        #expect(throws: StrictJSON.Fault.tooLarge) { try StrictJSON(Array("[11]".utf8), limit: 3) }
        let deep = String(repeating: "[", count: 2000)
        #expect(throws: StrictJSON.Fault.tooDeep) { try read(deep) }
    }

    @Test func `refuses bytes that are no text`() {
        #expect(throws: StrictJSON.Fault.notJSON) { try StrictJSON([0x22, 0xFF, 0x22], limit: 10) }
    }

    @Test(
        arguments: [
            ("", []), ("Zg", [0x66]), ("Zm8", [0x66, 0x6F]), ("Zm9v", [0x66, 0x6F, 0x6F]),
            ("-_-_", [0xFB, 0xFF, 0xBF]),
        ] as [(String, [UInt8])])
    func `base64url has one spelling`(_ text: String, _ bytes: [UInt8]) {
        #expect(Base64URL.decode(text) == bytes)
        #expect(Base64URL.encode(bytes) == text)
    }

    @Test(arguments: ["Z", "Zh", "Zm9", "Zg==", "Zm+v", "Zm/v", "Zm 9v", "Zm9v\n", "Z\u{e9}9v"])
    func `base64url in another spelling is refused`(_ text: String) {
        #expect(Base64URL.decode(text) == nil)
    }
}
