import Foundation
import TestKit
import Testing

@Suite(
    "An assessment is done with one thumb", .serialized, .browser, .server,
    .enabled(if: BrowserScope.tools != nil, BrowserScope.missing),
    .enabled(if: RunningHoldfast.binary != nil, ServerScope.missing))
struct AssessmentPhoneTests {
    private static let here = "[data-step]:not([hidden])"
    private static let yes = [
        "injury": "A cut on the hand, tonight.", "fear": "She said that she is afraid to sleep.",
        "isolation": "Kept from her sister since June.", "separation": "She left in May, he came after her.",
        "control": "Every day he reads her telephone.", "children": "Kofi, who is nine.",
        "severity": "Worse since the spring.", "money": "He holds her card.",
    ]

    /// The link works once, so one test does all of it.
    @Test(.timeLimit(.minutes(15))) func `a whole one takes at most 90 taps, and no signal loses nothing`() async throws
    {
        let server = try #require(ServerScope.server)
        let driver = try #require(BrowserScope.driver)
        try await driver.setViewport(width: 375, height: 740)
        try await SigningIn(driver: driver).follow(server.signInLink)
        try await goToCall(driver, server.address)
        try await begin(driver, server.address)
        var taps = 1
        try await driver.follow("main a.button")
        try await withoutSignal(driver)
        taps += 2
        try await asSomebodyElse(driver)
        taps += 1
        while let question = try await question(driver), taps < 150 {
            try await sizes(driver, question)
            taps += try await answer(driver, question)
        }
        #expect(try await driver.address().hasSuffix("/how"))
        for choice in ["victim-asked", "alone", "channel", "interpreter", "children-seen", "history-checked"] {
            let first = choice == "channel" ? "in-person" : choice == "interpreter" ? "not-needed" : "yes"
            try await driver.press("input[name='\(choice)'][value='\(first)']")
        }
        try await driver.type("Three earlier calls, the last graded medium.", into: "#history")
        try await driver.follow("main form button")
        for choice in ["contact", "video", "consent", "notice"] {
            try await driver.press("input[name='\(choice)'][value='yes']")
        }
        for choice in ["injuries", "photographs", "arrest"] {
            try await driver.press("input[name='\(choice)'][value='yes']")
        }
        try await driver.press("#steps")
        try await driver.follow("main form button[type='submit']")
        #expect(try await driver.address().hasSuffix("/grade"))
        try await driver.press("input[name='grade'][value='high']")
        try await driver.type("Question 2, fear, and question 15, control every day, weigh most.", into: "#reason")
        try await driver.follow("main form button")
        #expect(try await driver.address().hasSuffix("/send"))
        taps += 6 + 1 + 1 + 8 + 1 + 3 + 1
        #expect(taps <= 90, "\(taps) taps")
    }

    /// From the first page to the flag in one tap, and seen in one more.
    private func goToCall(_ driver: WebDriver, _ origin: String) async throws {
        try await driver.open(origin + "/")
        try await driver.follow("main a[href$='/attend']")
        try await sizes(driver, "the call", of: "main button, main .button, main summary")
        try await driver.follow(".flag button")
        #expect(try await driver.text(of: ".flag-seen").hasPrefix("You said on"))
        #expect(try await driver.count(".flag button") == 0)
    }

    private func begin(_ driver: WebDriver, _ origin: String) async throws {
        try await driver.open(origin + "/occurrences?words=FB%2F2041%2F26")
        try await driver.follow("main table a")
        try await driver.follow("main a[href^='/assessments/new']")
        try await driver.follow("main form button")
        #expect(try await driver.text(of: "h1").hasPrefix("Assessment"))
    }

    /// The question that is shown; nil on another page.
    private func question(_ driver: WebDriver) async throws -> String? {
        let path = try await driver.address().split(separator: "?")[0]
        guard path.contains("/questions/") else { return nil }
        return path.split(separator: "/").last.map(String.init)
    }

    /// Waits until another question or page is shown.
    private func moved(_ driver: WebDriver, from question: String) async throws {
        for _ in 0..<100 where try await self.question(driver) == question {
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private func answer(_ driver: WebDriver, _ question: String) async throws -> Int {
        let isText = try await driver.count("\(Self.here) button[value='no']") == 0
        guard let words = Self.yes[question] else {
            try await driver.press("\(Self.here) button[value='\(isText ? "declined" : "no")']")
            try await moved(driver, from: question)
            return 1
        }
        try await driver.press("\(Self.here) button[value='yes']")
        try await driver.type(words, into: "\(Self.here) textarea[id^='words-']")
        try await driver.press("\(Self.here) .ask-next button")
        try await moved(driver, from: question)
        return 3
    }

    /// Every control of the page is as high as a thumb is wide.
    private func sizes(
        _ driver: WebDriver, _ question: String, of what: String = "main button, main a, main summary, main textarea"
    ) async throws {
        let small = try await driver.script(
            """
            return [...document.querySelectorAll("\(what)")]
              .filter((one) => one.getClientRects().length > 0 && one.getBoundingClientRect().height < 44)
              .map((one) => one.textContent.trim().slice(0, 40) + " " + one.getBoundingClientRect().height);
            """, as: [String].self)
        #expect(small == [], "\(question)")
    }

    /// Two answers without a signal: the next question comes, it says what is not saved, and it is sent once it can be.
    private func withoutSignal(_ driver: WebDriver) async throws {
        let first = try #require(try await question(driver))
        for _ in 0..<100 where try await driver.count("[data-step]") < 27 {
            try await Task.sleep(for: .milliseconds(50))
        }
        try await driver.setNetwork(false)
        try await driver.press("\(Self.here) button[value='no']")
        try await moved(driver, from: first)
        try await driver.press("\(Self.here) button[value='not-known']")
        let second = try #require(try await question(driver))
        try await moved(driver, from: second)
        try await says("Not saved yet – trying again", driver)
        try await driver.setNetwork(true)
        try await says("Saved", driver)
        let list = try await driver.attribute("href", of: "main a[href$='/questions']")
        let shown = try await driver.asyncScript(
            "const [path, done] = arguments; fetch(path).then((a) => a.text()).then(done)", [try #require(list)],
            as: String.self)
        #expect(shown.contains("Not known") && shown.contains("25 questions are open"))
    }

    /// Her session ended and another signed in on the same device: what she answered waits for her.
    private func asSomebodyElse(_ driver: WebDriver) async throws {
        let question = try #require(try await question(driver))
        try await belongs(driver, to: "another")
        try await driver.press("\(Self.here) button[value='declined']")
        try await moved(driver, from: question)
        try await says(
            "Somebody else is signed in. What you typed is kept on this page: sign in as yourself in another tab, and it is "
                + "sent.", driver)
        try await belongs(driver, to: "")
        try await says("Saved", driver)
    }

    /// Spoils the tokens of the forms, as a new sign-in does, and says whose the page is; empty puts her name back.
    private func belongs(_ driver: WebDriver, to user: String) async throws {
        _ = try await driver.script(
            """
            const [user] = arguments, asking = document.getElementById("asking");
            asking.dataset.mine ??= asking.dataset.user;
            asking.dataset.user = user || asking.dataset.mine;
            if (user) for (const field of asking.querySelectorAll("input[name='form-token']")) field.value = "spoilt";
            return asking.dataset.user;
            """, [user], as: String.self)
    }

    private func says(_ words: String, _ driver: WebDriver) async throws {
        for _ in 0..<400 where try await driver.text(of: ".ask-state") != words {
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(try await driver.text(of: ".ask-state") == words)
    }
}
